import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { backoff } from './backoff.ts';

test.each([
  [0, 1000],
  [1, 2000],
  [4, 16_000],
  [5, 30_000],
  [1000, 30_000],
])('after %i failures the longest delay is %i ms', (failures, expected) => {
  expect(backoff(failures, { random: () => 0 })).toBe(expected);
});

test('jitter takes away at most half', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (failures, random) => {
      const full = backoff(failures, { random: () => 0 });
      const delay = backoff(failures, { random: () => random });
      expect(delay).toBeGreaterThanOrEqual(Math.floor(full / 2));
      expect(delay).toBeLessThanOrEqual(full);
    }),
  );
});
