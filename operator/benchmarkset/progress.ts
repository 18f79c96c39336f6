import { isDeepStrictEqual } from 'node:util';
import type { BenchmarkSetStatus } from '../api/types.ts';

/** Progress can wait, so that 1,000 members do not cost 1,000 writes; a transition is what others wait for. */
export type StatusChange = 'None' | 'Progress' | 'Transition';

export function changeOf(before: BenchmarkSetStatus | undefined, after: BenchmarkSetStatus): StatusChange {
  if (isDeepStrictEqual(before, after)) return 'None';
  return before !== undefined && isDeepStrictEqual(verdict(before), verdict(after)) ? 'Progress' : 'Transition';
}

/** What programs act upon. */
function verdict({ observedGeneration, phase, conditions, finishedAt, resultsRef }: BenchmarkSetStatus): unknown {
  const states = conditions?.map(({ type, status, reason }) => ({ type, status, reason }));
  return { observedGeneration, phase, states, finishedAt, resultsRef };
}
