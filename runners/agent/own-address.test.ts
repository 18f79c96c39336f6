import { describe, expect, test } from '@jest/globals';

import { ownAddress } from './own-address.ts';

const both = ['10.0.0.1', 'fd00::1'];

describe('the own address', () => {
  test.each([
    ['the primary one', both, undefined, '10.0.0.1'],
    ['the one of IPv4', both.toReversed(), 'IPv4', '10.0.0.1'],
    ['the one of IPv6', both, 'IPv6', 'fd00::1'],
    ['the only one', ['fd00::1'], undefined, 'fd00::1'],
    ['none in a pod without network', [], undefined, ''],
  ] as const)('is %s', (_, list, family, expected) => {
    expect(ownAddress(list, family)).toBe(expected);
  });

  test.each([
    ['one of the other family', ['10.0.0.1'], 'only 10.0.0.1'],
    ['several of the other family', ['10.0.0.1', '10.0.0.2'], 'only 10.0.0.1, 10.0.0.2'],
    ['none', [], 'only none at all'],
  ])('is refused by name where there is %s', (_, list, words) => {
    expect(() => ownAddress(list, 'IPv6')).toThrow(
      expect.objectContaining({ reason: 'AddressMissing', message: `the pod has no IPv6 address, ${words}` }),
    );
  });
});
