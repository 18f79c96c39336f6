import type { Attempt, BenchmarkStatus } from '../api/types.ts';
import type { PodState } from '../backends/backend.ts';
import type { Instant } from '../kube/clock.ts';
import { attemptsClosed, startOf } from './attempts.ts';
import { deletionsOf, holderOf } from './deletions.ts';
import type { Action, Observed, Policy } from './observed.ts';
import { isLive } from './roles.ts';
import { statusOf } from './status.ts';

/** How long the end of a deleted pod is waited for with its grace, ms; a node that is gone never reports it. */
const endLimit = 70_000;

/** Ends a benchmark for good: first the attempt in the status, then its pods, then the benchmark. */
export const cancelled: Policy = (seen, now) => {
  if (seen.benchmark.spec.cancel !== true) return undefined;
  const end = { outcome: 'Cancelled', reason: 'Cancelled', message: 'cancelled by spec.cancel' } as const;
  if (hasBegun(seen)) return closing(seen, now, end, 'cancelled; its pods are being deleted');
  const actions = deletions(seen);
  if (areEnding(seen, now)) {
    return { actions, status: seen.benchmark.status ?? {}, urgent: false, recheckAt: endOf(seen, now) };
  }
  const { attempts = [] } = seen.benchmark.status ?? {};
  return {
    actions,
    status: statusOf(seen, now, { phase: 'Cancelled', reason: end.reason, message: end.message, attempts }),
    urgent: true,
    recheckAt: now,
  };
};

/** Stops a run until spec.suspend is false again; what it had measured so far does not count. */
export const suspended: Policy = (seen, now) => {
  if (seen.benchmark.spec.suspend !== true) return undefined;
  const message = 'suspended by spec.suspend; set it to false to go on with a new attempt';
  const attempts = attemptsClosed(seen, now, { outcome: 'Suspended', message: 'suspended by spec.suspend' });
  const status = statusOf(seen, now, { phase: 'Suspended', reason: 'Suspended', message, attempts });
  return { actions: deletions(seen), status, urgent: true };
};

/** Deletes what attempts that are over left running, and waits for its end before the next one begins. */
export const settling: Policy = (seen, now) => {
  const actions = deletions(seen);
  if (actions.length === 0 && !areEnding(seen, now)) return undefined;
  const status = seen.benchmark.status ?? {};
  return { actions, status, urgent: false, recheckAt: endOf(seen, now) };
};

/** Pods of closed attempts that run on. They are deleted only when the status says that their attempt is over. */
function deletions(seen: Observed): Action[] {
  return deletionsOf(seen.earlier, seen);
}

function closing(seen: Observed, now: Instant, end: Required<Pick<Attempt, 'outcome' | 'reason' | 'message'>>, message: string) {
  const status: BenchmarkStatus = statusOf(seen, now, {
    phase: seen.benchmark.status?.phase ?? 'Pending',
    reason: end.reason,
    message,
    attempts: attemptsClosed(seen, now, end),
  });
  return { actions: [], status, urgent: true, recheckAt: now };
}

function hasBegun(seen: Observed): boolean {
  return startOf(seen) !== undefined;
}

function areEnding(seen: Observed, now: Instant): boolean {
  return now < endOf(seen, now);
}

/** When no pod of an attempt that is over is waited for any longer. One that is not yet seen to be deleted is only being asked to go. */
function endOf(seen: Observed, now: Instant): Instant {
  const deletedAt = (pod: PodState) => pod.deletedAt ?? holderOf(pod, seen)?.deletedAt ?? now;
  return Math.max(0, ...seen.earlier.filter(isLive).map((pod) => deletedAt(pod) + endLimit));
}
