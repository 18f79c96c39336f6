import { expect, test } from '@jest/globals';
import { array, assert, integer, property } from 'fast-check';
import { median, percentile } from './percentile.ts';

const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

test.each<[string, number[], number, number]>([
  ['half of a hundred', hundred, 50, 50],
  ['99 of a hundred', hundred, 99, 99],
  ['all of a hundred', hundred, 100, 100],
  ['99 of a few is the largest', [3, 1, 2], 99, 3],
  ['half of two is the smaller', [2, 1], 50, 1],
  ['of one value', [7], 50, 7],
  ['numbers, not texts', [10, 9], 50, 9],
])('percentile: %s', (_, values, percent, expected) => {
  expect(percentile(values, percent)).toBe(expected);
});

test.each<[string, number[], number]>([
  ['odd', [3, 1, 2], 2],
  ['even', [4, 1, 2, 3], 2.5],
  ['one', [5], 5],
])('median: %s', (_, values, expected) => {
  expect(median(values)).toBe(expected);
});

test('nothing has no percentile and no median', () => {
  expect([percentile([], 50), median([])]).toEqual([NaN, NaN]);
});

test('at least so many percent do not pass it, and it is one of them', () => {
  const values = array(integer(), { minLength: 1 });
  assert(
    property(values, integer({ min: 1, max: 100 }), (all, percent) => {
      const found = percentile(all, percent);
      expect(all).toContain(found);
      expect(all.filter((value) => value <= found).length * 100).toBeGreaterThanOrEqual(percent * all.length);
    }),
  );
});
