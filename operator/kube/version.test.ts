import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { compareVersions, isOlder } from './version.ts';

const sign = (order: number | undefined) => (order === undefined ? undefined : Math.sign(order));

test.each([
  ['9', '10', -1],
  ['10', '9', 1],
  ['7', '7', 0],
  ['007', '7', 0],
  ['0', '1', -1],
  ['18446744073709551614', '18446744073709551615', -1],
  ['abc', '1', undefined],
  ['1', '', undefined],
  [undefined, '1', undefined],
])('order of %p and %p is %p', (a, b, expected) => {
  expect(sign(compareVersions(a, b))).toBe(expected);
});

test('orders like numbers of any size', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n }), fc.bigInt({ min: 0n }), (a, b) => {
      expect(sign(compareVersions(String(a), String(b)))).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});

test('what cannot be ordered is not older', () => {
  expect([isOlder('x', '1'), isOlder('1', undefined), isOlder('1', '2')]).toEqual([false, false, true]);
});
