import type { BenchmarkStatus } from '../api/types.ts';
import type { Cause } from '../backends/backend.ts';
import type { Instant } from '../kube/clock.ts';
import { attemptsClosed, closedAttempts } from './attempts.ts';
import { faultOf } from './faults.ts';
import type { Decision, Observed, Policy } from './observed.ts';
import { publication } from './publication.ts';
import { requeues } from './requeue.ts';
import { isWorthRetrying, statusOf } from './status.ts';

/** Ends the attempt as soon as one of its pods can no longer do its part. */
export const failedPods: Policy = (seen, now) => {
  const cause = faultOf(seen);
  return cause && failed(seen, now, cause);
};

/** What the API server refuses for good, no wait can mend. */
export const refusedByServer: Policy = (seen, now) => (seen.obstacle?.final === true ? failed(seen, now, seen.obstacle) : undefined);

/** Ends the current attempt as failed; another one follows if there is one left and it could go better. */
export function failed(seen: Observed, now: Instant, { reason, message }: Cause): Decision {
  const attempts = attemptsClosed(seen, now, { outcome: 'Failed', reason, message });
  const left = retriesLeft(seen);
  if (reason === 'HalfPlaced' || (isWorthRetrying(reason) && left > 0)) {
    const next = reason === 'HalfPlaced' ? 'queued again' : `trying again, ${left} of ${seen.benchmark.spec.retries} retries left`;
    const again = `attempt ${seen.attempt} failed: ${message}; ${next}`;
    const status = statusOf(seen, now, { phase: 'Pending', reason: 'Retrying', message: again, attempts });
    return { actions: kept(seen, status), status, urgent: true, recheckAt: now, warning: { reason, message: again } };
  }
  const status = statusOf(seen, now, { phase: 'Failed', reason, message, attempts });
  return { ...published(seen, status), urgent: true, recheckAt: now, warning: { reason, message } };
}

function published(seen: Observed, status: BenchmarkStatus): Pick<Decision, 'actions' | 'status'> {
  const publish = publication(seen, status);
  return publish ?? { actions: [], status };
}

/** Raw output of an attempt that another one follows, if it is to be kept; its figures count nowhere. */
function kept(seen: Observed, status: BenchmarkStatus): Decision['actions'] {
  const records = seen.pods.flatMap(({ ended }) => ended?.record ?? []);
  if (!records.some(({ output }) => output) || seen.unpublished !== undefined) return [];
  return [{ type: 'Publish', name: `${seen.benchmark.metadata.name}-attempt-${seen.attempt}`, status, records }];
}

function retriesLeft({ benchmark }: Observed): number {
  const failures = closedAttempts(benchmark.status).filter(({ outcome }) => outcome === 'Failed').length;
  return (benchmark.spec.retries ?? 0) - (failures - requeues(benchmark));
}
