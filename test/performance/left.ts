import type { Figures } from './figures.ts';

/** A set of fewer says nothing about memory: what Node compiles meanwhile weighs more than what its members leave. */
export const manyMembers = 500;

/** Bytes of live objects that each ended member leaves; its Benchmark stays in the cache as long as it is in the cluster. */
export function leftByMember({ heap, members }: Pick<Figures, 'heap' | 'members'>): number {
  return (heap.after - heap.before) / members;
}
