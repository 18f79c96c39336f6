import { expect, test } from '@jest/globals';
import { measured, measuredTogether, rankOf } from './rank.ts';

test('times are in seconds, memory in bytes', () => {
  expect(rankOf('rank: 12.50 s user, 0.25 s system, 2048 KiB')).toEqual({ userTime: 12.5, systemTime: 0.25, peakMemory: 2_097_152 });
});

test.each(['', 'else', 'rank: ? s user, 0.25 s system, 2048 KiB', 'x rank: 12.50 s user, 0.25 s system, 2048 KiB'])(
  '%j is no rank',
  (text) => {
    expect(rankOf(text)).toBeUndefined();
  },
);

test.each([
  ['alone', measured],
  ['together', measuredTogether],
])('ranks %s are measured in the words that are read', (_, words) => {
  const format = words.find((word) => word.startsWith('--format='))?.replace('--format=', '') ?? '';
  const line = format.replace('%U', '1.00').replace('%S', '2.00').replace('%M', '3');
  expect(rankOf(line)).toEqual({ userTime: 1, systemTime: 2, peakMemory: 3072 });
});
