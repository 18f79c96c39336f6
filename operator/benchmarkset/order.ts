import { randomOf, shuffled } from './random.ts';
import type { BenchmarkSetSpec } from '../api/types.ts';

/** One planned member. `repetition` counts all runs of its cell from 0, warm-up first. */
export interface Run {
  cell: number;
  repetition: number;
  warmup: boolean;
}

type Order = NonNullable<BenchmarkSetSpec['order']>;

export interface OrderOptions {
  cells: number;
  repetitions: number;
  warmup: number;
  order: Order;
  /** The same seed gives the same order for ever. */
  seed: number;
}

/**
 * The sequence in which the members of a set start. Every cell's runs are numbered in the order they start, so its warm-up comes first.
 * - Interleaved: rounds, each with every cell once in an order of its own drawn from the seed (randomized complete blocks), so that
 *   neither drift over time nor the neighbour in the sequence favours a cell.
 * - Random: the warm-up rounds, then all counted runs in one shuffled sequence.
 * - Sequential: all runs of the first cell, then of the second, and so on; nothing is drawn.
 */
export function runOrder({ cells, repetitions, warmup, order, seed }: OrderOptions): Run[] {
  const random = randomOf(seed);
  const every = Array.from({ length: cells }, (_, cell) => cell);
  const rounds = (count: number) => Array.from({ length: count }, () => shuffled(every, random)).flat();
  const sequences: Record<Order, () => number[]> = {
    Sequential: () => every.flatMap((cell) => times(cell, warmup + repetitions)),
    Interleaved: () => rounds(warmup + repetitions),
    Random: () => [
      ...rounds(warmup),
      ...shuffled(
        every.flatMap((cell) => times(cell, repetitions)),
        random,
      ),
    ],
  };
  return numbered(sequences[order](), warmup);
}

function times(cell: number, count: number): number[] {
  return Array.from({ length: count }, () => cell);
}

function numbered(sequence: readonly number[], warmup: number): Run[] {
  const started = new Map<number, number>();
  return sequence.map((cell) => {
    const repetition = started.get(cell) ?? 0;
    started.set(cell, repetition + 1);
    return { cell, repetition, warmup: repetition < warmup };
  });
}
