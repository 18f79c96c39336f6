import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { boundedSeries, boundedSweep } from './series.ts';

function series(values: number[], interval = 1) {
  return { name: 'bandwidth', unit: 'bit/s', start: 0, interval, values } as const;
}

function counting(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

function sweep(length: number) {
  return {
    name: 'time',
    unit: 's',
    over: { name: 'iteration', unit: 'count', values: counting(length) },
    values: counting(length),
  } as const;
}

describe('boundedSeries', () => {
  test.each([0, 1, 600])('%d points stay as they are', (length) => {
    expect(boundedSeries(series(counting(length)))).toEqual(series(counting(length)));
  });

  test('neighbours are averaged beyond 600', () => {
    const bounded = boundedSeries(series(counting(1200)));
    expect(bounded).toMatchObject({ interval: 2, values: { length: 600 } });
    expect(bounded.values.slice(0, 3)).toEqual([0.5, 2.5, 4.5]);
  });

  test('a rest that fills no interval is left out', () => {
    expect(boundedSeries(series(counting(601)))).toMatchObject({ interval: 2, values: { length: 300 } });
  });

  test('the mean stays within what was measured, and the time within the run', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1e12, noNaN: true }), { minLength: 1, maxLength: 3000 }),
        fc.integer({ min: 1, max: 60 }),
        (values, interval) => {
          const bounded = boundedSeries(series(values, interval));
          expect(bounded.values.length).toBeLessThanOrEqual(600);
          expect(bounded.values.length * bounded.interval).toBeLessThanOrEqual(values.length * interval);
          expect(Math.max(...bounded.values)).toBeLessThanOrEqual(Math.max(...values) * (1 + 1e-12));
          expect(Math.min(...bounded.values)).toBeGreaterThanOrEqual(Math.min(...values) * (1 - 1e-12));
        },
      ),
    );
  });
});

describe('boundedSweep', () => {
  test.each([0, 1, 600])('%d points stay as they are', (length) => {
    expect(boundedSweep(structuredClone(sweep(length)))).toEqual(sweep(length));
  });

  test('neighbours are averaged beyond 600, and so is where they stand', () => {
    const bounded = boundedSweep(structuredClone(sweep(1201)));
    expect(bounded).toMatchObject({ name: 'time', over: { name: 'iteration' }, values: { length: 400 } });
    expect([bounded.over.values.slice(0, 2), bounded.values.slice(0, 2)]).toEqual([
      [1, 4],
      [1, 4],
    ]);
  });
});
