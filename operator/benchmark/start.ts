import type { BenchmarkStatus } from '../api/types.ts';
import type { Instant } from '../kube/clock.ts';
import { attemptsNow } from './attempts.ts';
import { deadlineOf } from './deadlines.ts';
import type { Decision, Observed, Policy } from './observed.ts';
import { notBefore } from './requeue.ts';
import { creatableRoles } from './roles.ts';
import { statusOf } from './status.ts';
import { progressOf } from './waiting.ts';

/** The queue says when a place is free; this is for the case that its word is missed, ms. */
const queueRecheck = 30_000;
/** Between two tries to create a pod that the API server did not want, ms. */
const createPause = 5000;

/** Keeps a run in the queue until its scope is free. */
export const admission: Policy = (seen, now) => {
  const pause = notBefore(seen.benchmark);
  if (seen.pods.length === 0 && pause > now) return { ...waiting(seen, now, 'Queued', 'queued again after a pause'), recheckAt: pause };
  if (!seen.admission || seen.admission.admitted) return undefined;
  return { ...waiting(seen, now, 'Queued', seen.admission.message), recheckAt: now + queueRecheck };
};

/** Creates the pods of every role that has the addresses it needs; servers come first that way. */
export const missingPods: Policy = (seen, now) => {
  const roles = creatableRoles(seen);
  if (roles.length === 0) return undefined;
  const retryAt = seen.obstacle ? seen.obstacle.at + createPause : now;
  if (retryAt > now) return { ...going(seen, now), recheckAt: Math.min(retryAt, deadlineOf(seen, now) ?? retryAt) };
  return { ...going(seen, now), actions: roles.map(({ name }) => ({ type: 'CreateRole', role: name })) };
};

/** Nothing to do but to wait, and to tell for what. */
export function going(seen: Observed, now: Instant): Decision {
  const { phase, reason, message, wrong } = progressOf(seen);
  const recheckAt = deadlineOf(seen, now);
  return {
    actions: [],
    status: statusOf(seen, now, { phase, reason, message, attempts: attemptsNow(seen) }),
    urgent: false,
    wrong,
    ...(recheckAt === undefined ? {} : { recheckAt }),
  };
}

function waiting(seen: Observed, now: Instant, reason: string, message: string): Decision {
  const status: BenchmarkStatus = statusOf(seen, now, { phase: 'Pending', reason, message, attempts: attemptsNow(seen) });
  return { actions: [], status, urgent: false };
}
