import type { BenchmarkPhase } from '../api/types.ts';
import type { PodState } from '../backends/backend.ts';
import { untoldPods } from './introduce.ts';
import type { Observed } from './observed.ts';
import { peersOf, podCount } from './roles.ts';

// Where pods of one role would be one more on a node than on another.
const uneven = /topology spread constraint/;

/** Where a run stands, in a line. */
export interface Progress {
  phase: BenchmarkPhase;
  reason: string;
  message: string;
}

/** What a person can do about it. */
const nextSteps: Readonly<Record<string, string>> = {
  Unschedulable: 'free a node, or ask for less in spec.pod.resources and spec.placement',
  SchedulingGated: 'kubectl get localqueues,workloads tells whether there is such a queue and what it waits for',
  ImagePullFailed: "check spec.pod.image, the registry and spec.pod.imagePullSecrets; also the node's way to the registry",
  ConfigError: 'check what spec.pod and spec.network name: volumes, security context, attachments',
  NetworkMissing: 'create the NetworkAttachmentDefinition, or correct spec.network.name',
  VolumePending: 'check the claim, its storage class and whether its volume is in use elsewhere',
  QuotaExceeded: 'raise the quota of the namespace, or wait until other pods end',
};

/** What is waited for and the next step; what is wrong comes before what only takes its time. */
export function progressOf(seen: Observed): Progress {
  const { obstacle, pods } = seen;
  const started = pods.length > 0;
  const phase = started ? 'Preparing' : 'Pending';
  if (obstacle) return { phase, reason: obstacle.reason, message: withStep(obstacle.reason, obstacle.message) };
  const stuck = pods.map(({ waiting }) => waiting).find((waiting) => waiting && Object.hasOwn(nextSteps, waiting.reason));
  if (stuck) return { phase, reason: stuck.reason, message: withStep(stuck.reason, stuck.message) };
  if (!started) return { phase, reason: 'Starting', message: 'the first pods are being created' };
  return running(seen) ?? starting(seen);
}

function running(seen: Observed): Progress | undefined {
  const { pods } = seen;
  const all = podCount(seen);
  if (pods.length < all || pods.some(({ phase }) => phase === 'Pending' || phase === 'Unknown')) return undefined;
  if (untoldPods(seen).some(({ pod }) => pod.told === undefined)) return undefined;
  const over = pods.filter(({ ended }) => ended).length;
  if (over === 0) return { phase: 'Running', reason: 'Running', message: `${count(all)} on ${nodesText(pods)}` };
  return {
    phase: 'Collecting',
    reason: 'Collecting',
    message: `${over} of ${count(all)} ended; their results are being read`,
  };
}

function starting(seen: Observed): Progress {
  const peers = peersOf(seen);
  const pending = seen.pods.find(({ phase }) => phase !== 'Running');
  const silent = seen.roles.find(({ name }) => !Object.hasOwn(peers, name));
  const idle = untoldPods(seen).find(({ pod }) => pod.phase === 'Running');
  const waits = idle ? `${idle.pod.name} runs and waits` : 'waiting';
  const missing = idle?.role.after?.join(' and ') ?? silent?.name ?? 'pod';
  const own = pending?.waiting?.message;
  const message = own === undefined ? `${waits} for the address of every ${missing}` : `${own}${idle ? `; ${waits} for its address` : ''}`;
  return { phase: 'Preparing', reason: pending?.waiting?.reason ?? 'Starting', message };
}

function withStep(reason: string, message: string): string {
  const step = nextSteps[reason];
  if (step === undefined) return message;
  const more = uneven.test(message) ? '; topology: Any there lets pods of one role share nodes unevenly' : '';
  return `${message.replace(/[.;\s]+$/, '')}; ${step}${more}`;
}

function count(pods: number): string {
  return pods === 1 ? '1 pod' : `${pods} pods`;
}

function nodesText(pods: readonly PodState[]): string {
  const nodes = [...new Set(pods.flatMap(({ node }) => node ?? []))].toSorted();
  if (nodes.length > 4) return `${nodes.length} nodes`;
  return nodes.length === 0 ? 'unknown nodes' : nodes.join(', ');
}
