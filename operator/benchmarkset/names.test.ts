import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { byCodeUnit } from './json.ts';
import { memberLabels, memberName, nameProblems, nameWidths } from './names.ts';

describe('width', () => {
  // By digits of whole numbers: logarithms of 1000 are not exactly 3 everywhere.
  test.each([
    [1, 1],
    [2, 1],
    [10, 1],
    [11, 2],
    [100, 2],
    [101, 3],
    [1000, 3],
    [1001, 4],
    [1_000_000, 6],
    [1_000_001, 7],
  ])('KP-13 of %i is %i digits', (count, width) => {
    expect(nameWidths(count, count)).toEqual({ cell: width, repetition: width });
  });

  test('each part has its own', () => {
    expect(nameWidths(12, 5)).toEqual({ cell: 2, repetition: 1 });
  });
});

test.each([
  [{ cell: 0, repetition: 0 }, nameWidths(1, 1), 'net-0-0'],
  [{ cell: 7, repetition: 2 }, nameWidths(12, 3), 'net-07-2'],
  [{ cell: 999_999, repetition: 9 }, nameWidths(1_000_000, 10), 'net-999999-9'],
])('name of %j', (run, widths, name) => {
  expect(memberName('net', run, widths)).toBe(name);
});

test('KP-13 labels are padded like the name', () => {
  expect(memberLabels('net', { cell: 7, repetition: 2, warmup: false }, nameWidths(12, 10))).toEqual({
    'assay.dev/set': 'net',
    'assay.dev/cell': '07',
    'assay.dev/repetition': '2',
  });
});

test('warm-up is labelled', () => {
  expect(memberLabels('net', { cell: 0, repetition: 0, warmup: true }, nameWidths(1, 1))).toHaveProperty(['assay.dev/warmup'], 'true');
});

test('KP-13 names sort as text the way runs sort as numbers', () => {
  const number = fc.nat({ max: 1_000_000 });
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 30 }), (pairs) => {
      const widths = nameWidths(1_000_001, 1_000_001);
      const name = ([cell, repetition]: [number, number]) => memberName('net', { cell, repetition }, widths);
      const byNumber = pairs.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]).map(name);
      expect(pairs.map(name).toSorted(byCodeUnit)).toEqual(byNumber);
    }),
  );
});

describe('length', () => {
  const suffix = '-server-0-a0';
  const widths = nameWidths(100, 10);
  const longest = 63 - '-00-0'.length - suffix.length;

  test('63 characters are allowed', () => {
    expect(nameProblems('n'.repeat(longest), widths, suffix)).toEqual([]);
  });

  test('64 are not, and the message says how long the name may be', () => {
    expect(nameProblems('n'.repeat(longest + 1), widths, suffix)).toEqual([
      {
        path: 'metadata.name',
        message: expect.stringMatching(new RegExp(`64 characters; 63 at most, so the set's name may have up to ${longest}$`)),
      },
    ]);
  });

  test('a set that no name can save is told so', () => {
    expect(nameProblems('n', { cell: 40, repetition: 20 }, suffix)[0]?.message).toContain('so make fewer cells or repetitions');
  });
});
