import { isDeepStrictEqual } from 'node:util';
import type { BenchmarkStatus } from '../api/types.ts';
import type { Instant } from '../kube/clock.ts';
import type { Decision, Observed } from './observed.ts';

/** From creation to the first word of a run that goes well, ms: by then most runs of a sweep are over. */
const runningAfter = 1000;
/** The same for pods that take their time to start, also those that wait for a node: runs that end are often about to leave one. */
const preparingAfter = 5000;
/** Between two writes that tell of progress, ms. */
const interval = 5000;
/** The same for other words about a wait, which most runs never need. */
const wordsInterval = 15_000;
/** A start goes through these one after the other: which of them it is, is mere words. */
const passing: ReadonlySet<string | undefined> = new Set(['Starting', 'ContainerCreating', 'VolumePending', 'SchedulingGated', 'Queued']);

export interface Hold {
  write: boolean;
  /** When to look again, where a write is put off. */
  until?: Instant;
}

/**
 * Whether a status is worth a write now. What ends, refuses or stops a run is written at once; progress waits, so that a short run
 * costs one write. A new phase or a fault waits a few seconds, mere words the longer the older the run is.
 * @param writtenAt when this operator wrote the last one
 */
export function hold({ benchmark, createdAt }: Observed, { status, urgent }: Decision, writtenAt: Instant | undefined, now: Instant): Hold {
  const stored = benchmark.status ?? {};
  if (isDeepStrictEqual(status, stored)) return { write: false };
  if (urgent) return { write: true };
  const due =
    stored.phase === undefined ? createdAt + firstDelay(status) : (writtenAt ?? 0) + laterDelay(stored, status, createdAt, writtenAt);
  return due <= now ? { write: true } : { write: false, until: due };
}

function firstDelay({ phase }: BenchmarkStatus): number {
  return phase === 'Running' ? runningAfter : preparingAfter;
}

function laterDelay(stored: BenchmarkStatus, next: BenchmarkStatus, createdAt: Instant, writtenAt: Instant | undefined): number {
  const reason = reasonOf(next);
  const isNews = tellable(stored.phase) !== tellable(next.phase) || (reason !== reasonOf(stored) && !passing.has(reason));
  return isNews || writtenAt === undefined ? interval : Math.max(wordsInterval, writtenAt - createdAt);
}

/** Collecting is the short end of Running. */
function tellable(phase: BenchmarkStatus['phase']): BenchmarkStatus['phase'] {
  return phase === 'Collecting' ? 'Running' : phase;
}

function reasonOf({ conditions }: BenchmarkStatus): string | undefined {
  const reason = conditions?.find(({ type }) => type === 'Reconciling')?.reason;
  return reason === 'Collecting' ? 'Running' : reason;
}
