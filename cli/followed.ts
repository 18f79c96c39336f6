import type { Benchmark, BenchmarkSet } from '../operator/api/types.ts';

export type Followed = Benchmark | BenchmarkSet;

/** Of which nothing more comes. */
export const finalPhases = new Set(['Succeeded', 'Failed', 'Cancelled']);

/** Whether nothing more will happen to the object. A status of an older generation decides nothing. */
export function isFinished({ metadata, status }: Followed): boolean {
  return status?.observedGeneration === metadata.generation && finalPhases.has(status?.phase ?? '');
}

export function isGood({ status }: Followed): boolean {
  return status?.phase === 'Succeeded';
}
