import type { Benchmark } from '../api/types.ts';
import type { Backend, PodState } from '../backends/backend.ts';
import { labels } from '../backends/labels.ts';
import type { Instant } from '../kube/clock.ts';
import type { KubeObject } from '../kube/object.ts';
import { addressed } from './address.ts';
import { currentAttempt } from './attempts.ts';
import type { Checked } from './check.ts';
import type { Memory } from './memory.ts';
import type { Observed } from './observed.ts';
import { tokenOf } from './token.ts';

/** Cached objects that may belong to a benchmark: pods and claims by its UID, events about them. */
export interface Sources {
  pods: readonly KubeObject[];
  claims: readonly KubeObject[];
  events: readonly KubeObject[];
}

/** Puts together what is known about one benchmark. Objects that only look like its own, by label, are left out. */
export function observe(
  benchmark: Benchmark,
  checked: Checked,
  backend: Backend,
  sources: Sources,
  memory: Memory,
  now: Instant,
): Observed {
  const isOwn = (object: KubeObject) => isOwnedBy(object, benchmark);
  const states = backend
    .observe(sources.pods.filter(isOwn), sources.events, now)
    .map((pod) => addressed(refined(pod, memory), benchmark.spec));
  const attempt = currentAttempt(benchmark.status);
  const pods = states.filter((pod) => pod.attempt === attempt);
  const token = tokenOf(attempt, checked.roles, pods, memory);
  return {
    benchmark,
    createdAt: Date.parse(benchmark.metadata.creationTimestamp ?? '') || now,
    ...(checked.workload === undefined ? {} : { workload: checked.workload }),
    roles: checked.roles,
    startsTogether: backend.startsTogether(benchmark, checked.roles),
    cautions: checked.cautions,
    ...(checked.refused ? { refused: checked.refused } : {}),
    attempt,
    pods,
    earlier: states.filter((pod) => pod.attempt !== attempt),
    vanished: vanished(benchmark, attempt, states, memory),
    claims: sources.claims.filter(isOwn).map(claimState),
    ...(token === undefined ? {} : { token }),
    crowded: false,
    logs: memory.logs,
    ...(memory.obstacle ? { obstacle: memory.obstacle } : {}),
    ...(memory.unpublished === undefined ? {} : { unpublished: memory.unpublished }),
  };
}

/** Whether an object belongs to this very benchmark: labels can be written by anybody, references name the UID. */
export function isOwnedBy({ metadata }: KubeObject, owner: Benchmark): boolean {
  const controller = metadata.ownerReferences?.find((reference) => reference.controller === true);
  return controller !== undefined && controller.uid === owner.metadata.uid && metadata.labels?.[labels.uid] === owner.metadata.uid;
}

/** With what the operator itself knows: the record from the log, and that it has asked for the pod's deletion. */
function refined(pod: PodState, { records, deleted }: Memory): PodState {
  const record = records.get(pod.uid);
  const deleting = pod.deleting || deleted.has(pod.uid);
  if (!record || !pod.ended) return { ...pod, deleting };
  const { reason, message } = pod.ended;
  return {
    ...pod,
    deleting,
    ended: { ...pod.ended, frame: 'Verified', record, reason: record.reason ?? reason, message: record.message ?? message },
  };
}

function vanished(benchmark: Benchmark, attempt: number, states: readonly PodState[], { pods }: Memory): Observed['vanished'] {
  const recorded = benchmark.status?.attempts?.find(({ index }) => index === attempt)?.pods ?? [];
  const remembered = [...pods].flatMap(([name, pod]) => (pod.attempt === attempt ? [{ name, role: pod.role }] : []));
  const known = new Map([...recorded, ...remembered].map(({ name, role }) => [name, { name, role }]));
  for (const { name } of states) known.delete(name);
  return [...known.values()];
}

function claimState({ metadata }: KubeObject): Observed['claims'][number] {
  return { name: metadata.name, uid: metadata.uid ?? '', deleting: metadata.deletionTimestamp !== undefined };
}
