import type { KubeObject } from '../kube/object.ts';
import type { Waiting } from './backend.ts';
import { excerpt } from './excerpt.ts';
import { queueLabel } from './kueue.ts';
import type { Pod } from './pod.ts';

/** core/v1 Event, as far as it is read here. */
export interface EventAbout extends KubeObject {
  reason?: string;
  message?: string;
  type?: string;
  lastTimestamp?: string | null;
  eventTime?: string | null;
  involvedObject?: { namespace?: string; name?: string; uid?: string };
}

/** Finds the events about an object. */
export function eventsByObject(events: readonly KubeObject[]): (object: KubeObject) => readonly EventAbout[] {
  const byUid = Map.groupBy(events as readonly EventAbout[], ({ involvedObject }) => involvedObject?.uid);
  return ({ metadata }) => byUid.get(metadata.uid) ?? [];
}

/** Container states that name a fault, and whether waiting can still help. */
const stuck: Readonly<Record<string, Pick<Waiting, 'reason' | 'final'>>> = {
  ErrImagePull: { reason: 'ImagePullFailed' },
  ImagePullBackOff: { reason: 'ImagePullFailed' },
  RegistryUnavailable: { reason: 'ImagePullFailed' },
  SignatureValidationFailed: { reason: 'ImagePullFailed', final: true },
  ErrImageNeverPull: { reason: 'ImagePullFailed', final: true },
  InvalidImageName: { reason: 'ImagePullFailed', final: true },
  CreateContainerConfigError: { reason: 'ConfigError' },
  CreateContainerError: { reason: 'ConfigError' },
  RunContainerError: { reason: 'ConfigError' },
  PreCreateHookError: { reason: 'ConfigError' },
  PostStartHookError: { reason: 'ConfigError' },
};

const volumeEvents = new Set(['FailedMount', 'FailedAttachVolume', 'FailedMapVolume', 'FailedBinding', 'ProvisioningFailed']);
const sandboxEvents = new Set(['FailedCreatePodSandBox', 'NetworkNotReady', 'FailedCreatePodContainer']);

/** The scheduler names a reason for each group of nodes. */
const longestMessage = 1000;

/** Why a pod does not run yet, in the words of the scheduler, the kubelet or the volume controllers. */
export function waitingOf(pod: Pod, events: readonly EventAbout[]): Waiting {
  const waiting = unscheduled(pod, events) ?? container(pod) ?? byEvents(pod, events) ?? starting(pod);
  return { ...waiting, message: excerpt(waiting.message, longestMessage) };
}

function unscheduled({ metadata, spec, status }: Pod, events: readonly EventAbout[]): Waiting | undefined {
  const condition = status?.conditions?.find(({ type }) => type === 'PodScheduled');
  const name = metadata.name;
  if (condition?.reason === 'SchedulingGated') {
    return { reason: 'SchedulingGated', message: `${name} ${gated(metadata.labels?.[queueLabel], spec.schedulingGates)}` };
  }
  if (condition?.status === 'False') {
    const message = condition.message ?? 'no node fits';
    const reason = /persistentvolumeclaim/i.test(message) ? 'VolumePending' : 'Unschedulable';
    return { reason, message: `${name}: ${message}` };
  }
  const failed = spec.nodeName === undefined ? latest(events, ({ reason }) => reason === 'FailedScheduling') : undefined;
  return failed && { reason: 'Unschedulable', message: `${name}: ${failed.message ?? 'no node fits'}` };
}

/** Queues hold pods back by gates, which they open when they admit them. */
function gated(queue: string | undefined, gates: readonly { name: string }[] = []): string {
  const named = gates.map(({ name }) => name).join(', ') || 'not named';
  return queue === undefined
    ? `is held back by a scheduling gate: ${named}`
    : `waits for queue ${queue} to admit it (scheduling gate: ${named})`;
}

function container({ metadata, status }: Pod): Waiting | undefined {
  const statuses = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  for (const { name, state } of statuses) {
    const { reason = '', message } = state?.waiting ?? {};
    const known = stuck[reason];
    if (known) return { ...known, message: `${metadata.name} (container ${name}): ${reason}: ${message ?? 'no further explanation'}` };
  }
  return undefined;
}

function byEvents({ metadata, spec }: Pod, events: readonly EventAbout[]): Waiting | undefined {
  if (spec.nodeName === undefined) return undefined;
  const volume = latest(events, ({ reason = '' }) => volumeEvents.has(reason));
  if (volume) return { reason: 'VolumePending', message: `${metadata.name}: ${volume.message ?? volume.reason}` };
  const sandbox = latest(events, ({ reason = '' }) => sandboxEvents.has(reason));
  const message = sandbox?.message ?? sandbox?.reason ?? '';
  // Multus' own words, inside those of the runtime and the kubelet.
  const reason = message.includes('network-attachment-definition') ? 'NetworkMissing' : 'ConfigError';
  return sandbox && { reason, message: `${metadata.name}: ${message}` };
}

function starting({ metadata, spec }: Pod): Waiting {
  if (spec.nodeName === undefined) return { reason: 'Starting', message: `${metadata.name} waits for the scheduler` };
  return { reason: 'ContainerCreating', message: `${metadata.name} is being started on node ${spec.nodeName}` };
}

/** The last of the wanted ones, by the server's times. */
export function latest(events: readonly EventAbout[], wanted: (event: EventAbout) => boolean): EventAbout | undefined {
  return events
    .filter(wanted)
    .toSorted((a, b) => timeOf(a) - timeOf(b))
    .at(-1);
}

function timeOf({ lastTimestamp, eventTime, metadata }: EventAbout): number {
  return Date.parse(lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? '') || 0;
}
