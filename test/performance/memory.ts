import type { Figures } from './figures.ts';
import { median } from './percentile.ts';

/** A set of fewer says nothing about memory: the heap is still settling when it ends. */
export const manyMembers = 500;

/** How resident memory went while members ran, bytes. */
export interface MemoryCourse {
  /** Median of the third quarter of the run: by then V8 has given its young generation all the room that it will get. */
  early: number;
  /** Median of the last quarter. */
  late: number;
  /** What is left of each member that ended between the two; an ended Benchmark stays in the cache as long as it is in the cluster. */
  perMember: number;
}

export function memoryCourse({ memory, seconds, members }: Pick<Figures, 'memory' | 'seconds' | 'members'>): MemoryCourse {
  const quarter = (number: number) =>
    memory.filter((sample) => sample.seconds >= ((number - 1) / 4) * seconds && sample.seconds < (number / 4) * seconds);
  const bytes = (number: number) => median(quarter(number).map((sample) => sample.bytes));
  const [early, late] = [bytes(3), bytes(4)];
  return { early, late, perMember: (late - early) / (members / 4) };
}
