import type { Reason } from '../../measure/reason.ts';
import type { ConditionState } from '../api/condition.ts';
import { withConditions } from '../api/condition.ts';
import type { Benchmark, BenchmarkPhase, BenchmarkStatus } from '../api/types.ts';
import type { Cause } from '../backends/backend.ts';
import { excerpt } from '../backends/excerpt.ts';
import type { Instant } from '../kube/clock.ts';
import type { Observed } from './observed.ts';

/** What a decision says; the rest of the status follows from it. */
export interface Account extends Pick<BenchmarkStatus, 'summary' | 'metrics' | 'warnings' | 'window' | 'resultsRef' | 'attempts'> {
  phase: BenchmarkPhase;
  /** What is going on or how it ended, for the condition that tells it. */
  reason: string;
  message: string;
}

const finalPhases: ReadonlySet<string> = new Set<BenchmarkPhase>(['Succeeded', 'Failed', 'Cancelled']);

/** Nothing more happens to a benchmark in such a phase, but that its pods are removed. */
export function isFinal(status: BenchmarkStatus | undefined): boolean {
  return finalPhases.has(status?.phase ?? '');
}

/**
 * Whether a benchmark has ended. One whose spec was refused may be mended, which the CRD allows as long as it was not accepted:
 * with a spec that was not looked at yet it begins anew.
 */
export function isOver({ metadata, status }: Benchmark): boolean {
  if (!isFinal(status)) return false;
  const isRefused = status?.conditions?.some(({ type, status: value }) => type === 'Accepted' && value === 'False') ?? false;
  return !isRefused || status?.observedGeneration === metadata.generation;
}

/** Characters of a condition's message: the object must stay small in the store, with everything that is in it. */
export const longestMessage = 2000;

/** The whole status that an account amounts to. Conditions never contradict the phase, because they are made from it. */
export function statusOf(seen: Observed, now: Instant, { phase, reason, message: text, ...rest }: Account): BenchmarkStatus {
  const message = excerpt(text, longestMessage);
  const { metadata, status } = seen.benchmark;
  const generation = metadata.generation ?? 1;
  const wanted = conditionsOf(seen.refused, { phase, reason, message });
  return {
    observedGeneration: generation,
    phase,
    ...(seen.workload === undefined ? {} : { workload: seen.workload }),
    conditions: withConditions(status?.conditions, wanted, generation, now),
    attempts: status?.attempts ?? [],
    ...rest,
  };
}

function conditionsOf(refused: Cause | undefined, { phase, reason, message }: Account) {
  const yes: ConditionState = { status: 'True', reason, message };
  const no: ConditionState = { status: 'False', reason, message: '' };
  const moving = phase !== 'Suspended' && !finalPhases.has(phase);
  return {
    Accepted: refused
      ? { status: 'False', reason: refused.reason, message: excerpt(refused.message, longestMessage) }
      : { status: 'True', reason: 'Valid', message: 'the specification is sound and allowed' },
    Complete: phase === 'Succeeded' ? yes : no,
    Failed: phase === 'Failed' || phase === 'Cancelled' ? yes : no,
    Suspended: phase === 'Suspended' ? yes : no,
    Reconciling: moving ? yes : no,
    Stalled: phase === 'Failed' ? yes : no,
  } satisfies Record<string, ConditionState>;
}

/** Reasons that another attempt cannot mend. */
const hopeless: ReadonlySet<Reason> = new Set<Reason>(['InvalidSpec', 'NotAllowed', 'NameConflict', 'BackendMissing', 'BadTask']);

export function isWorthRetrying(reason: Reason): boolean {
  return !hopeless.has(reason);
}
