import type { Reason } from '../../measure/reason.ts';
import type { Cause } from '../backends/backend.ts';
import type { Instant } from '../kube/clock.ts';
import { startOf } from './attempts.ts';
import { failed } from './failed.ts';
import { untoldPods } from './introduce.ts';
import { durationText, limitsOf } from './limits.ts';
import { isUnread } from './logs.ts';
import type { Observed, Policy } from './observed.ts';
import { requeueLimit, requeues } from './requeue.ts';
import { endingPods, podCount } from './roles.ts';
import { progressOf } from './waiting.ts';

/** Fails a run that waited or ran too long, and says what it was waiting for. */
export const overdue: Policy = (seen, now) => {
  const cause = breach(seen, now);
  return cause && failed(seen, now, cause);
};

/** When the limit that counts now runs out; undefined before the attempt has begun. */
export function deadlineOf(seen: Observed, now: Instant): Instant | undefined {
  const { pending, running } = limitsOf(seen.benchmark.spec);
  const since = runningSince(seen, now);
  if (since !== undefined) return since + running;
  const start = startOf(seen);
  return start === undefined ? undefined : start + pending;
}

function breach(seen: Observed, now: Instant): Cause | undefined {
  const deadline = deadlineOf(seen, now);
  if (deadline === undefined || now < deadline) return undefined;
  const { pending, running } = limitsOf(seen.benchmark.spec);
  if (runningSince(seen, now) !== undefined) {
    // They ended in time, whenever the operator came to see it; reading them has limits of its own.
    if (isBeingRead(seen)) return undefined;
    return {
      reason: 'RunningTimeout',
      message: `no result after ${durationText(running)} (spec.timeouts.running); ${progressOf(seen).message}`,
    };
  }
  const { reason, message } = progressOf(seen);
  const named = pendingReasons.get(reason) ?? 'PendingTimeout';
  return {
    reason: givesBack(seen) ? 'HalfPlaced' : named,
    message: `not running after ${durationText(pending)} (spec.timeouts.pending): ${message}`,
  };
}

const pendingReasons = new Map<string, Reason>([
  ['Unschedulable', 'Unschedulable'],
  ['ImagePullFailed', 'ImagePullFailed'],
  ['ConfigError', 'ConfigError'],
  ['NetworkMissing', 'NetworkMissing'],
  ['QuotaExceeded', 'QuotaExceeded'],
  ['BackendMissing', 'BackendMissing'],
]);

/**
 * Since when all pods run and know their peers, by the latest of their starts. A node's clock that cannot be right is not taken at its
 * word.
 */
function runningSince(seen: Observed, now: Instant): Instant | undefined {
  if (untoldPods(seen).some(({ pod }) => pod.told === undefined)) return undefined;
  const starts = seen.pods.flatMap(({ startedAt, createdAt }) => {
    if (startedAt === undefined) return [];
    return startedAt < createdAt || startedAt > now ? createdAt : startedAt;
  });
  return seen.pods.length > 0 && starts.length >= podCount(seen) ? Math.max(...starts) : undefined;
}

/** All pods that measure have ended, and the log of some may still hold its result. */
function isBeingRead(seen: Observed): boolean {
  const pods = endingPods(seen);
  return pods.every(({ ended }) => ended) && pods.some((pod) => isUnread(pod, seen));
}

/** A run that found no node for some of its pods while others hold theirs, or other benchmarks do, may fit later. */
function givesBack(seen: Observed): boolean {
  const stuck = seen.pods.flatMap(({ waiting }) => (waiting?.reason === 'Unschedulable' ? [waiting] : []));
  if (stuck.length === 0 || stuck.some(({ message }) => fitsNever(message))) return false;
  const halfPlaced = seen.pods.some(({ node }) => node !== undefined);
  return (halfPlaced || seen.crowded) && requeues(seen.benchmark) < requeueLimit;
}

/**
 * Whether the scheduler says of every node that no pod's leaving would make room: it lacks the labels, or is too small. Other
 * schedulers and older ones do not say so, and are asked again.
 */
function fitsNever(message: string): boolean {
  return /preemption: 0\/(\d+) nodes are available: \1 Preemption is not helpful/.test(message);
}
