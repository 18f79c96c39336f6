import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { at, listAt, numberAt, wholeDocument } from '../document.ts';
import { sample } from '../testing.ts';
import { merged, percentile, readHistogram } from './histogram.ts';
import type { Histogram } from './histogram.ts';
import { fioSamples } from './testing.ts';

function histogram(entries: Record<string, unknown>): Histogram {
  const found = readHistogram(entries);
  if (found === undefined) throw new Error('no histogram');
  return found;
}

describe('fio’s own percentiles come out of its own bins', () => {
  const recorded = ['local_randrw_jsonplus.json', 'client_1server_randrw_jsonplus.json', 'client_2servers_read_jsonplus.json'].flatMap(
    (name) => {
      const read = wholeDocument('fio', sample(fioSamples, name).stdout);
      if (!read.ok) throw new Error(read.message);
      return [...listAt(read.document, 'jobs'), ...listAt(read.document, 'client_stats')].flatMap((entry, index) =>
        ['read', 'write'].map((direction) => ({ name: `${name} ${index} ${direction}`, latency: at(entry, direction, 'clat_ns') })),
      );
    },
  );
  const withBins = recorded.filter(({ latency }) => readHistogram(at(latency, 'bins')) !== undefined);

  test('there are some to compare', () => {
    expect(withBins.length).toBeGreaterThanOrEqual(6);
  });

  test.each(withBins)('$name', ({ latency }) => {
    const bins = histogram(Object(at(latency, 'bins')));
    const reported = Object.keys(Object(at(latency, 'percentile')));
    expect(reported.map((key) => [key, percentile(bins, Number(key))])).toEqual(
      reported.map((key) => [key, numberAt(latency, 'percentile', key)]),
    );
  });
});

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['no object', 'bins'],
  ['an empty one', {}],
  ['a key that is no latency', { fast: 1 }],
  ['a count that is none', { '100': 'many' }],
  ['a negative count', { '100': -1 }],
  ['a fraction', { '100': 1.5 }],
])('%s is no histogram', (_, bins) => {
  expect(readHistogram(bins)).toBeUndefined();
});

test.each([
  [0, 10],
  [50, 10],
  [50.01, 20],
  [75, 20],
  [100, 30],
])('the %d %% point of 2 x 10, 1 x 20, 1 x 30 is %d', (percent, value) => {
  expect(percentile(histogram({ '10': 2, '20': 1, '30': 1 }), percent)).toBe(value);
});

const counts = fc
  .dictionary(fc.nat({ max: 10_000 }).map(String), fc.nat({ max: 50 }), { minKeys: 1, maxKeys: 20 })
  .filter((bins) => Object.values(bins).some((count) => count > 0));

test('a merged percentile is that of all values together', () => {
  fc.assert(
    fc.property(fc.array(counts, { minLength: 1, maxLength: 4 }), fc.double({ min: 0.1, max: 100, noNaN: true }), (workers, percent) => {
      const every = workers
        .flatMap((bins) => Object.entries(bins).flatMap(([value, count]) => Array.from({ length: count }, () => Number(value))))
        .toSorted((a, b) => a - b);
      const rank = Math.ceil((every.length * percent) / 100);
      expect(percentile(merged(workers.map(histogram)), percent)).toBe(every[rank - 1]);
    }),
  );
});

test('a merged percentile lies between those of the parts', () => {
  fc.assert(
    fc.property(counts, counts, fc.constantFrom(50, 90, 99, 99.9), (one, other, percent) => {
      const parts = [one, other].map((bins) => percentile(histogram(bins), percent) ?? Number.NaN);
      const whole = percentile(merged([histogram(one), histogram(other)]), percent) ?? Number.NaN;
      expect(whole).toBeGreaterThanOrEqual(Math.min(...parts));
      expect(whole).toBeLessThanOrEqual(Math.max(...parts));
    }),
  );
});
