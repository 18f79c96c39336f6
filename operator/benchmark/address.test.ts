import { describe, expect, test } from '@jest/globals';
import { addressed, addressMissing } from './address.ts';
import { podState } from './testing/builders.ts';

const dual = podState({ addresses: ['10.0.0.1', 'fd00::1'] });

describe('the address that counts', () => {
  test.each([
    ['the primary one', dual, {}, '10.0.0.1'],
    ['the one of IPv6', dual, { network: { ipFamily: 'IPv6' } }, 'fd00::1'],
    ['the one of IPv4 behind one of IPv6', podState({ addresses: ['fd00::1', '10.0.0.1'] }), { network: { ipFamily: 'IPv4' } }, '10.0.0.1'],
    ['none as long as there is none', podState(), {}, undefined],
    ['none of another family', podState({ addresses: ['10.0.0.1'] }), { network: { ipFamily: 'IPv6' } }, undefined],
  ] as const)('is %s', (_, pod, spec, expected) => {
    expect(addressed(pod, spec).ip).toBe(expected);
  });
});

describe('a pod without an address that counts', () => {
  const spec = { network: { ipFamily: 'IPv6' } } as const;

  test('names its node, what it has, and what to do', () => {
    const pod = podState({ addresses: ['10.0.0.1'], node: 'node-1' });
    expect(addressMissing(pod, spec)).toEqual({
      reason: 'AddressMissing',
      message:
        'net-sleeper-0 on node-1 has no IPv6 address, only 10.0.0.1; ' +
        'choose the other spec.network.ipFamily, or nodes and a network that have both families',
    });
  });

  test.each([
    ['waits as long as it has none at all', podState()],
    ['is no fault where it has one that counts', addressed(dual, spec)],
  ])('%s', (_, pod) => {
    expect(addressMissing(pod, spec)).toBeUndefined();
  });
});
