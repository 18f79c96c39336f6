import type { BenchmarkStatus } from '../api/types.ts';
import type { Instant } from '../kube/clock.ts';
import { attemptsNow } from './attempts.ts';
import { deadlineOf } from './deadlines.ts';
import { untoldPods } from './introduce.ts';
import type { Action, Decision, Observed, Policy } from './observed.ts';
import { notBefore } from './requeue.ts';
import { creatableRoles, isMade } from './roles.ts';
import { statusOf } from './status.ts';
import { progressOf } from './waiting.ts';

/** The queue says when a place is free; this is for the case that its word is missed, ms. */
const queueRecheck = 30_000;
/** Between two tries of what the API server refused, ms. */
export const retryPause = 5000;

/** Keeps a run in the queue until its scope is free. */
export const admission: Policy = (seen, now) => {
  const pause = notBefore(seen.benchmark);
  if (seen.pods.length === 0 && pause > now) return { ...waiting(seen, now, 'Queued', 'queued again after a pause'), recheckAt: pause };
  if (!seen.admission || seen.admission.admitted) return undefined;
  return { ...waiting(seen, now, 'Queued', seen.admission.message), recheckAt: now + queueRecheck };
};

/** Creates the pods of every role that has the addresses it needs: servers come first that way, unless all start together. */
export const missingPods: Policy = (seen, now) => {
  const roles = creatableRoles(seen).map(({ name }) => name);
  return unhindered(seen, now, roles.length > 0 ? [{ type: 'CreateRoles', roles }] : []);
};

/** Tells the pods of a run that started together the addresses that they need, and again where they change. */
export const introductions: Policy = (seen, now) =>
  unhindered(
    seen,
    now,
    untoldPods(seen).flatMap(({ pod, text }) =>
      text === undefined || !isMade(pod) ? [] : [{ type: 'TellPeers', name: pod.name, uid: pod.uid, text }],
    ),
  );

/** Does the actions, if there are any, but not at once again what the API server has just refused. */
function unhindered(seen: Observed, now: Instant, actions: Action[]): Decision | undefined {
  if (actions.length === 0) return undefined;
  const retryAt = seen.obstacle ? seen.obstacle.at + retryPause : now;
  if (retryAt > now) return { ...going(seen, now), recheckAt: Math.min(retryAt, deadlineOf(seen, now) ?? retryAt) };
  return { ...going(seen, now), actions };
}

/** Nothing to do but to wait, and to tell for what. */
export function going(seen: Observed, now: Instant): Decision {
  const { phase, reason, message } = progressOf(seen);
  const recheckAt = deadlineOf(seen, now);
  return {
    actions: [],
    status: statusOf(seen, now, { phase, reason, message, attempts: attemptsNow(seen) }),
    urgent: false,
    ...(recheckAt === undefined ? {} : { recheckAt }),
  };
}

function waiting(seen: Observed, now: Instant, reason: string, message: string): Decision {
  const status: BenchmarkStatus = statusOf(seen, now, { phase: 'Pending', reason, message, attempts: attemptsNow(seen) });
  return { actions: [], status, urgent: false };
}
