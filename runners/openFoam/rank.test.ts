import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { measured, measuredTogether, rankOf } from './rank.ts';

test('times are in seconds, memory in bytes', () => {
  expect(rankOf('rank: 12.50 s user, 0.25 s system, 2048 KiB')).toEqual({ userTime: 12.5, systemTime: 0.25, peakMemory: 2_097_152 });
});

test.each([
  '',
  'else',
  'rank: ? s user, 0.25 s system, 2048 KiB',
  'rank: -1.00 s user, 0.25 s system, 2048 KiB',
  'rank: 1e9 s user, 0.25 s system, 2048 KiB',
  'rank: 12.50 s user, 0.25 s system, 2048 KiB and more',
  'x rank: 12.50 s user, 0.25 s system, 2048 KiB',
])('%j is no rank', (text) => {
  expect(rankOf(text)).toBeUndefined();
});

test.each([
  ['alone', measured],
  ['together', measuredTogether],
])('ranks %s are measured in the words that are read', (_, words) => {
  const format = words.find((word) => word.startsWith('--format='))?.replace('--format=', '') ?? '';
  const line = format.replace('%U', '1.00').replace('%S', '2.00').replace('%M', '3');
  expect(rankOf(line)).toEqual({ userTime: 1, systemTime: 2, peakMemory: 3072 });
});

test('a line that was cut says nothing', () => {
  const whole = 'rank: 12.50 s user, 0.25 s system, 2048 KiB';
  fc.assert(
    fc.property(fc.nat({ max: whole.length - 1 }), (length) => {
      expect(rankOf(whole.slice(0, length))).toBeUndefined();
    }),
  );
});
