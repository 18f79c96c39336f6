import type { Policy } from './observed.ts';
import { attemptsClosed } from './attempts.ts';
import { statusOf } from './status.ts';

/** A spec that is not sound or not allowed starts nothing, and ends what a change of the policy has outlawed meanwhile. */
export const refused: Policy = (seen, now) => {
  if (!seen.refused) return undefined;
  const { reason, message } = seen.refused;
  const attempts =
    seen.pods.length > 0 ? attemptsClosed(seen, now, { outcome: 'Failed', reason, message }) : (seen.benchmark.status?.attempts ?? []);
  return {
    actions: [],
    status: statusOf(seen, now, { phase: 'Failed', reason, message, attempts }),
    urgent: true,
    recheckAt: now,
    warning: { reason, message },
  };
};
