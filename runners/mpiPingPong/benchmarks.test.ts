import { expect, test } from '@jest/globals';
import { headerOf, imbBenchmarks, sizesOf } from './benchmarks.ts';
import { netpipeSizes } from './netpipe.ts';

test.each([
  ['pingpong', 3, [0, 1, 2, 4, 8]],
  ['allreduce', 4, [0, 4, 8, 16]],
  ['barrier', 4, []],
] as const)('the sizes of %s up to 2^%s', (name, log, sizes) => {
  expect(sizesOf(imbBenchmarks[name], log)).toEqual(sizes);
});

test('a table without messages has no column for their size', () => {
  expect(headerOf(imbBenchmarks.bcast)).toBe('#bytes #repetitions t_min[usec] t_max[usec] t_avg[usec]');
  expect(headerOf(imbBenchmarks.barrier)).toBe('#repetitions t_min[usec] t_max[usec] t_avg[usec]');
});

test('NetPIPE goes through the powers of 2 and what lies half-way between them', () => {
  expect(netpipeSizes(4)).toEqual([1, 2, 3, 4, 6, 8, 12, 16]);
  expect(netpipeSizes(22)).toHaveLength(44);
});
