import type { Benchmark } from '../api/types.ts';
import type { Instant } from '../kube/clock.ts';
import { closedAttempts } from './attempts.ts';

/** How often a run that was only half placed may be queued again. */
export const requeueLimit = 10;

const shortestPause = 1000;
const longestJitter = 9000;

/** Attempts that gave their nodes back. They are no failures of the run and use up no retry. */
export function requeues({ status }: Benchmark): number {
  return closedAttempts(status).filter(({ reason }) => reason === 'HalfPlaced').length;
}

/**
 * Until when a benchmark that gave its nodes back stays out of the queue. The pause is another one for each benchmark, so that
 * two that stood in each other's way do not meet again; and it is the same whenever it is asked for.
 */
export function notBefore(benchmark: Benchmark): Instant {
  const last = closedAttempts(benchmark.status).at(-1);
  if (last?.reason !== 'HalfPlaced') return 0;
  return (
    Date.parse(last.finishedAt ?? '') + shortestPause + Math.floor(fraction(`${benchmark.metadata.uid} ${last.index}`) * longestJitter)
  );
}

/** FNV-1a, as a number from 0 to 1. */
function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash / 2 ** 32;
}
