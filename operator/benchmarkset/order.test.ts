import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { runOrder } from './order.ts';
import type { OrderOptions } from './order.ts';

const options = (more: Partial<OrderOptions> = {}): OrderOptions => ({
  cells: 3,
  repetitions: 2,
  warmup: 0,
  order: 'Interleaved',
  seed: 42,
  ...more,
});
const text = (more: Partial<OrderOptions> = {}) =>
  runOrder(options(more)).map(({ cell, repetition, warmup }) => `${cell}.${repetition}${warmup ? 'w' : ''}`);
const any = fc.record({
  cells: fc.integer({ min: 1, max: 12 }),
  repetitions: fc.integer({ min: 1, max: 6 }),
  warmup: fc.integer({ min: 0, max: 3 }),
  order: fc.constantFrom('Interleaved', 'Random', 'Sequential'),
  seed: fc.maxSafeNat(),
});

test('KP-15 Sequential ends one cell before the next, its warm-up first', () => {
  expect(text({ order: 'Sequential', cells: 2, warmup: 1 })).toEqual(['0.0w', '0.1', '0.2', '1.0w', '1.1', '1.2']);
});

test('KP-15 Interleaved runs every cell once a round', () => {
  const cells = runOrder(options({ cells: 5, repetitions: 4 })).map(({ cell }) => cell);
  for (let round = 0; round < 4; round++) expect(cells.slice(round * 5, round * 5 + 5).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
});

test('Interleaved draws the order of each round, so that no cell always follows the same other', () => {
  const cells = runOrder(options({ cells: 20, repetitions: 2 })).map(({ cell }) => cell);
  expect(cells.slice(0, 20)).not.toEqual(cells.slice(20));
});

test.each(['Interleaved', 'Random'] as const)('%s runs all warm-up before the first counted run', (order) => {
  const runs = runOrder(options({ order, cells: 4, warmup: 2, repetitions: 3 }));
  expect(runs.map(({ warmup }) => warmup)).toEqual([...Array.from({ length: 8 }, () => true), ...Array.from({ length: 12 }, () => false)]);
});

test('Random mixes the repetitions of all cells', () => {
  const cells = runOrder(options({ order: 'Random', cells: 10, repetitions: 10 })).map(({ cell }) => cell);
  expect(new Set(cells.slice(0, 10)).size).toBeLessThan(10);
});

describe('the order of a seed is fixed for ever', () => {
  test.each([
    ['Interleaved', ['1.0', '0.0', '2.0', '1.1', '2.1', '0.1']],
    ['Random', ['2.0', '0.0', '2.1', '0.1', '1.0', '1.1']],
  ] as const)('%s', (order, expected) => {
    expect(text({ order })).toEqual(expected);
  });
});

test('another seed gives another order', () => {
  const first = text({ order: 'Random', cells: 20 });
  expect(text({ order: 'Random', cells: 20, seed: 43 })).not.toEqual(first);
});

test('property: every run of every cell exactly once', () => {
  fc.assert(
    fc.property(any, (given) => {
      const runs = runOrder(given).map(({ cell, repetition }) => `${cell}.${repetition}`);
      expect(runs).toHaveLength(given.cells * (given.repetitions + given.warmup));
      expect(new Set(runs).size).toBe(runs.length);
    }),
  );
});

test('property: the runs of a cell start in the order of their numbers, and its first ones are the warm-up', () => {
  fc.assert(
    fc.property(any, (given) => {
      for (const runs of Map.groupBy(runOrder(given), ({ cell }) => cell).values()) {
        expect(runs.map(({ repetition }) => repetition)).toEqual(runs.map((_, index) => index));
        expect(runs.map(({ warmup }) => warmup)).toEqual(runs.map((_, index) => index < given.warmup));
      }
    }),
  );
});

test('property: the same options give the same order', () => {
  fc.assert(
    fc.property(any, (given) => {
      expect(runOrder(given)).toEqual(runOrder(given));
    }),
  );
});
