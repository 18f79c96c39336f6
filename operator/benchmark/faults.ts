import type { Cause, PodState } from '../backends/backend.ts';
import type { Observed } from './observed.ts';
import { isUnread } from './logs.ts';

interface Fault extends Cause {
  /** Milliseconds since 1970; the earliest fault is the cause of the others. */
  at: number;
}

/**
 * What went wrong with the pods of the current attempt, the cause of all first. Ends that may still turn out well, because a log
 * is to be read, are not among it.
 */
export function faultOf(seen: Observed): Cause | undefined {
  const ending = new Set(seen.roles.filter(({ ends }) => ends).map(({ name }) => name));
  const faults = [
    ...seen.pods.flatMap((pod) => ofPod(pod, ending.has(pod.role), seen)),
    ...seen.vanished.map(({ name }): Fault => ({
      reason: 'PodDeleted',
      message: `pod ${name} was deleted by somebody else while the benchmark needed it`,
      at: Infinity,
    })),
  ];
  // A client that did not reach its server tells what followed, not what happened.
  const [first] = faults.toSorted(
    (a, b) => Number(a.reason === 'PeerUnreachable') - Number(b.reason === 'PeerUnreachable') || compare(a.at, b.at),
  );
  return first && { reason: first.reason, message: first.message };
}

function ofPod(pod: PodState, ends: boolean, seen: Observed): Fault[] {
  const { ended, disruption, waiting, deleting, name } = pod;
  if (ended) {
    if (isUnread(pod, seen)) return [];
    const at = pod.finishedAt ?? Infinity;
    const { record, reason, message } = ended;
    if (!record) return [{ reason, message, at, ...seen.logs.get(pod.uid)?.fault }];
    if (record.outcome === 'Failed') return [{ reason, message: `${name}: ${message}`, at }];
    return ends ? [] : [{ reason: 'PodFailed', message: `${name} (${pod.role}) ended before the run did`, at }];
  }
  if (disruption) return [{ ...disruption, message: `${name}: ${disruption.message}`, at: Infinity }];
  if (deleting)
    return [{ reason: 'PodDeleted', message: `pod ${name} was deleted by somebody else while the benchmark needed it`, at: Infinity }];
  if (waiting?.final === true) return [{ reason: finalReason(waiting.reason), message: waiting.message, at: pod.createdAt }];
  return [];
}

function finalReason(reason: NonNullable<PodState['waiting']>['reason']): Cause['reason'] {
  return reason === 'ImagePullFailed' ? reason : 'ConfigError';
}

/** Infinity less Infinity is no number. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
