import { isIPv6 } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { chosenAddress, familyOf, fourFirst } from './family.ts';

test('the family of an address is that which the system gives it', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.constantFrom('::', '::1', '::ffff:7f10:2', 'fd00:201:1::5')), (address) => {
      expect(familyOf(address)).toBe(isIPv6(address) ? 'IPv6' : 'IPv4');
    }),
  );
});

describe('of the addresses of a pod', () => {
  const both = ['10.0.0.1', 'fd00::1', 'fd00::2'];

  test.each([
    ['the primary one where no family is asked for', both, undefined, '10.0.0.1'],
    ['the first of IPv4', both.toReversed(), 'IPv4', '10.0.0.1'],
    ['the first of IPv6', both, 'IPv6', 'fd00::1'],
    ['none where there is none of the family', ['10.0.0.1'], 'IPv6', undefined],
    ['none where there is none', [], undefined, undefined],
  ] as const)('%s', (_, addresses, family, expected) => {
    expect(chosenAddress(addresses, family)).toBe(expected);
  });
});

test('addresses of IPv4 come before those of IPv6, each in the order that they had', () => {
  expect(fourFirst(['fd00::2', '10.0.0.2', 'fd00::1', '10.0.0.1'])).toEqual(['10.0.0.2', '10.0.0.1', 'fd00::2', 'fd00::1']);
});
