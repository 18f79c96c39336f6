import type { Attempt, BenchmarkStatus } from '../api/types.ts';
import type { PodState } from '../backends/backend.ts';
import { excerpt } from '../backends/excerpt.ts';
import type { Instant } from '../kube/clock.ts';
import type { Observed } from './observed.ts';
import { isMade } from './roles.ts';

/** Pods that one attempt names in the status: an object must stay small, whatever the number of replicas. */
const namedPods = 32;

/** Attempts that the status says are over. */
export function closedAttempts(status: BenchmarkStatus | undefined): Attempt[] {
  return (status?.attempts ?? []).filter(({ outcome }) => outcome !== undefined);
}

/** An attempt begins when the status says that the one before it is over: results of two are never mixed. */
export function currentAttempt(status: BenchmarkStatus | undefined): number {
  return Math.max(-1, ...closedAttempts(status).map(({ index }) => index)) + 1;
}

/** When the current attempt began: with its first pod, or with the first try to make one. */
export function startOf(seen: Observed): Instant | undefined {
  const known = Date.parse(recorded(seen)?.startedAt ?? '');
  const first = Math.min(...seen.pods.map(({ createdAt }) => createdAt), seen.obstacle?.since ?? Infinity);
  const start = Math.min(Number.isNaN(known) ? Infinity : known, first);
  return Number.isFinite(start) ? start : undefined;
}

/** The status' list with the current attempt as it stands now; without it as long as it has not begun. */
export function attemptsNow(seen: Observed): Attempt[] {
  const closed = closedAttempts(seen.benchmark.status);
  const startedAt = startOf(seen);
  if (startedAt === undefined) return closed;
  return [...closed, { index: seen.attempt, startedAt: new Date(startedAt).toISOString(), pods: podsOf(seen) }];
}

/** The same with the current attempt ended; one that had not begun leaves no trace unless it failed. */
export function attemptsClosed(
  seen: Observed,
  now: Instant,
  end: Required<Pick<Attempt, 'outcome'>> & Pick<Attempt, 'reason' | 'message'>,
): Attempt[] {
  const closed = closedAttempts(seen.benchmark.status);
  const open = attemptsNow(seen).find(({ index }) => index === seen.attempt);
  if (!open && end.outcome !== 'Failed') return closed;
  const finishedAt = new Date(now).toISOString();
  return [
    ...closed,
    {
      startedAt: finishedAt,
      pods: [],
      ...open,
      index: seen.attempt,
      finishedAt,
      ...end,
      ...(end.message === undefined ? {} : { message: excerpt(end.message) }),
    },
  ];
}

function recorded({ benchmark, attempt }: Observed): Attempt | undefined {
  return benchmark.status?.attempts?.find(({ index }) => index === attempt);
}

/** Pods that are gone keep what was written about them. */
function podsOf(seen: Observed): Attempt['pods'] {
  const pods = new Map(recorded(seen)?.pods.map((pod) => [pod.name, pod]));
  for (const { name, role } of seen.vanished) if (!pods.has(name)) pods.set(name, { name, role });
  for (const pod of seen.pods.filter(isMade)) pods.set(pod.name, entry(pod));
  return [...pods.values()].slice(0, namedPods);
}

function entry({ name, role, node, ip }: PodState): Attempt['pods'][number] {
  return { name, role, ...(node === undefined ? {} : { node }), ...(ip === undefined ? {} : { ip }) };
}
