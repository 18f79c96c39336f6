import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { timeOf } from './time.ts';

test.each([
  ['the beginning', 0, '1970-01-01T00:00:00Z'],
  ['a whole second', Date.UTC(2026, 0, 2, 3, 4, 5), '2026-01-02T03:04:05Z'],
  ['a part of a second, which is cut off', Date.UTC(2026, 0, 2, 3, 4, 5, 999), '2026-01-02T03:04:05Z'],
  ['a leap day', Date.UTC(2028, 1, 29), '2028-02-29T00:00:00Z'],
])('%s', (_, instant, text) => {
  expect(timeOf(instant)).toBe(text);
});

test('a time is read back to its second', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Date.UTC(9999, 0) }), (instant) => {
      expect(Date.parse(timeOf(instant))).toBe(Math.floor(instant / 1000) * 1000);
    }),
  );
});
