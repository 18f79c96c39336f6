import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';

import { formatTimestamp, microsecondsNow, parseTimestamp } from './timestamp.ts';

describe('formatTimestamp', () => {
  test.each([
    [0, '1970-01-01T00:00:00.000000Z'],
    [1, '1970-01-01T00:00:00.000001Z'],
    [999_999, '1970-01-01T00:00:00.999999Z'],
    [1_000_000, '1970-01-01T00:00:01.000000Z'],
    [1_795_232_777_123_456, '2026-11-21T03:46:17.123456Z'],
    [-1, '1969-12-31T23:59:59.999999Z'],
  ])('%d us', (microseconds, text) => {
    expect(formatTimestamp(microseconds)).toBe(text);
  });

  test('what it writes is read back to the microsecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800_000_000 }), (microseconds) => {
        expect(parseTimestamp(formatTimestamp(microseconds))).toBe(microseconds);
      }),
    );
  });

  test('texts sort as times do', () => {
    const time = fc.integer({ min: 0, max: 4_102_444_800_000_000 });
    fc.assert(
      fc.property(time, time, (a, b) => {
        expect(formatTimestamp(a) < formatTimestamp(b)).toBe(a < b);
      }),
    );
  });
});

describe('parseTimestamp', () => {
  test.each([
    '',
    'now',
    '2026-11-21T03:46:17Z',
    '2026-11-21T03:46:17.123Z',
    '2026-11-21T03:46:17.123456+01:00',
    '2026-13-21T03:46:17.123456Z',
  ])('refuses "%s"', (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });
});

describe('microsecondsNow', () => {
  test('never goes back', () => {
    const times = Array.from({ length: 1000 }, microsecondsNow);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  test('is near the wall clock and whole', () => {
    const now = microsecondsNow();
    expect(Number.isSafeInteger(now)).toBe(true);
    expect(Math.abs(now / 1000 - Date.now())).toBeLessThan(60_000);
  });
});
