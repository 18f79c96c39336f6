import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { summarize } from './statistics.ts';

const value = fc.double({ min: -1e12, max: 1e12, noNaN: true });
const sample = fc.array(value, { minLength: 1, maxLength: 50 });
const summary = (values: readonly number[]) => {
  const result = summarize(values);
  if (!result) throw new Error('empty');
  return result;
};

describe('summarize', () => {
  test.each([
    ['one value', [7], { n: 1, median: 7, mean: 7, min: 7, max: 7 }],
    ['two values', [1, 3], { n: 2, median: 2, mean: 2, stdev: Math.SQRT2, min: 1, max: 3 }],
    ['odd number, unsorted', [9, 1, 2], { n: 3, median: 2, mean: 4, stdev: Math.sqrt(19), min: 1, max: 9 }],
    ['even number', [4, 1, 3, 2], { n: 4, median: 2.5, mean: 2.5, stdev: Math.sqrt(5 / 3), min: 1, max: 4 }],
    ['equal values', [5, 5, 5], { n: 3, median: 5, mean: 5, stdev: 0, min: 5, max: 5 }],
    ['an outlier moves the mean, not the median', [10, 10, 10, 110], { n: 4, median: 10, mean: 35, stdev: 50, min: 10, max: 110 }],
    ['negative values', [-3, -1], { n: 2, median: -2, mean: -2, stdev: Math.SQRT2, min: -3, max: -1 }],
  ])('%s', (_, values, expected) => {
    expect(summarize(values)).toEqual(expected);
  });

  test('ten measured speeds of light, in 1000 km/s', () => {
    // The first ten of NIST's data set Michelso; figures by hand with exact fractions.
    const values = [299.85, 299.74, 299.9, 300.07, 299.93, 299.85, 299.95, 299.98, 299.98, 299.88];
    expect(summary(values).mean).toBeCloseTo(299.913, 10);
    expect(summary(values).stdev).toBeCloseTo(Math.sqrt(0.07441 / 9), 10);
  });

  test('no values have no summary', () => {
    expect(summarize([])).toBeUndefined();
  });

  test('one value has no spread', () => {
    expect(summarize([1])).not.toHaveProperty('stdev');
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('%d is refused', (bad) => {
    expect(() => summarize([1, bad])).toThrow(`${bad} is no measured value`);
  });

  test('the argument is not sorted in place', () => {
    const values = [3, 1, 2];
    summarize(values);
    expect(values).toEqual([3, 1, 2]);
  });

  test('property: centre lies between the extremes, which are values', () => {
    fc.assert(
      fc.property(sample, (values) => {
        const { n, median, mean, min, max } = summary(values);
        const slack = 1e-9 * Math.max(1, Math.abs(min), Math.abs(max));
        expect(n).toBe(values.length);
        expect(values).toContain(min);
        expect(values).toContain(max);
        expect(median).toBeGreaterThanOrEqual(min - slack);
        expect(median).toBeLessThanOrEqual(max + slack);
        expect(mean).toBeGreaterThanOrEqual(min - slack);
        expect(mean).toBeLessThanOrEqual(max + slack);
      }),
    );
  });

  test('property: the order of the runs does not matter', () => {
    fc.assert(
      fc.property(sample, (values) => {
        const there = summary(values);
        const back = summary(values.toReversed());
        expect(back.median).toBe(there.median);
        expect(back.mean).toBeCloseTo(there.mean, 2);
      }),
    );
  });

  test('property: a shift of all values shifts the centre and leaves the spread', () => {
    const small = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(small, fc.integer({ min: -1000, max: 1000 }), (values, shift) => {
        const before = summary(values);
        const after = summary(values.map((one) => one + shift));
        expect(after.median).toBeCloseTo(before.median + shift, 6);
        expect(after.stdev).toBeCloseTo(before.stdev ?? Number.NaN, 6);
      }),
    );
  });
});
