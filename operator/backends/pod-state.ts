import { runToken } from './assignment.ts';
import type { KubeObject } from '../kube/object.ts';
import { attachmentsOf } from './attachments.ts';
import type { Cause, PodState } from './backend.ts';
import type { Pod, PodStatus } from './pod.ts';
import { runnerStatus } from './pod.ts';
import { disruptionOf, endedOf } from './pod-ending.ts';
import { identityOf } from './pod-identity.ts';
import { peersAnnotation } from './peers.ts';
import type { EventAbout } from './pod-waiting.ts';
import { waitingOf } from './pod-waiting.ts';

/** One pod as the API server shows it, in the terms of decisions. @param events about this pod */
export function podState(pod: Pod, events: readonly EventAbout[]): PodState {
  const { metadata, spec, status } = pod;
  const { running, terminated } = runnerStatus(status)?.state ?? {};
  const ended = endedOf(pod);
  const phase = ended ? (ended.exitCode === 0 ? 'Succeeded' : 'Failed') : (status?.phase ?? 'Pending');
  const started = instant(terminated?.startedAt ?? running?.startedAt);
  const finished = ended ? (instant(terminated?.finishedAt) ?? instant(metadata.deletionTimestamp)) : undefined;
  const waiting = phase === 'Pending' ? waitingOf(pod, events) : undefined;
  const disruption: Cause | undefined = disruptionOf(pod);
  const token = runToken(pod);
  const attachments = attachmentsOf(pod);
  return {
    name: metadata.name,
    uid: metadata.uid ?? '',
    ...identityOf(pod),
    addresses: addressesOf(status),
    ...(attachments ? { attachments } : {}),
    phase: running && !ended ? 'Running' : phase,
    deleting: metadata.deletionTimestamp !== undefined,
    ...deletion(pod),
    createdAt: instant(metadata.creationTimestamp) ?? 0,
    ...(spec.nodeName === undefined ? {} : { node: spec.nodeName }),
    ...(metadata.annotations?.[peersAnnotation] === undefined ? {} : { told: metadata.annotations[peersAnnotation] }),
    ...(token === undefined ? {} : { token }),
    ...(started === undefined ? {} : { startedAt: started }),
    ...(finished === undefined ? {} : { finishedAt: finished }),
    ...(waiting ? { waiting } : {}),
    ...(disruption ? { disruption } : {}),
    ...(ended ? { ended } : {}),
  };
}

/** When the deletion was asked for: the API server writes the end of the grace, in whole seconds. */
export function deletion({ metadata }: KubeObject): { deletedAt?: number } {
  const end = instant(metadata.deletionTimestamp);
  return end === undefined ? {} : { deletedAt: end - (metadata.deletionGracePeriodSeconds ?? 0) * 1000 };
}

/** Old kubelets, and those of tests, tell only the primary address. */
function addressesOf({ podIP, podIPs }: PodStatus = {}): string[] {
  return podIPs?.map(({ ip }) => ip) ?? (podIP ? [podIP] : []);
}

/** A time of the API server in milliseconds. */
export function instant(time: string | undefined): number | undefined {
  const value = Date.parse(time ?? '');
  return Number.isNaN(value) ? undefined : value;
}
