import { describe, expect, test } from '@jest/globals';
import { intervalSeries } from './iperf3-series.ts';

function interval(rate: unknown, changes: { seconds?: number; omitted?: boolean; sender?: boolean } = {}) {
  return { sum: { seconds: 1.000_06, bits_per_second: rate, omitted: false, sender: true, ...changes } };
}

test('a sending client shows what it sent', () => {
  expect(intervalSeries({ intervals: [interval(10), interval(20)] })).toEqual([
    { name: 'sentBandwidth', unit: 'bit/s', start: 0, interval: 1, values: [10, 20] },
  ]);
});

test('a receiving client shows what it got', () => {
  expect(intervalSeries({ intervals: [interval(10, { sender: false })] })).toMatchObject([{ name: 'bandwidth' }]);
});

test('the way back has its own', () => {
  const both = { ...interval(10), sum_bidir_reverse: interval(5, { sender: false }).sum };
  expect(intervalSeries({ intervals: [both] })).toMatchObject([
    { name: 'sentBandwidth', values: [10] },
    { name: 'reverseBandwidth', values: [5] },
  ]);
});

test('omitted intervals are not in it', () => {
  expect(intervalSeries({ intervals: [interval(1, { omitted: true }), interval(2)] })).toMatchObject([{ values: [2] }]);
});

test('a small rest at the end is not in it', () => {
  expect(intervalSeries({ intervals: [interval(1), interval(2), interval(9, { seconds: 0.01 })] })).toMatchObject([{ values: [1, 2] }]);
});

test('never more than 600 points', () => {
  const intervals = Array.from({ length: 3600 }, (_, second) => interval(second));
  expect(intervalSeries({ intervals })).toMatchObject([{ interval: 6, values: { length: 600 } }]);
});

describe('no series from', () => {
  test.each([
    ['nothing', {}],
    ['no intervals', { intervals: [] }],
    ['intervals that are none', { intervals: [1, null, 'x'] }],
    [
      'a hole',
      {
        intervals: [interval(1), interval('two'), interval(3), interval(4)].map((one, index) => (index === 3 ? interval(undefined) : one)),
      },
    ],
    ['a negative rate', { intervals: [interval(-1)] }],
    ['no length', { intervals: [interval(1, { seconds: 0 })] }],
  ])('%s', (_, document) => {
    expect(intervalSeries(document)).toEqual([]);
  });
});
