import { describe, expect, test } from '@jest/globals';
import type { BenchmarkSpec } from '../api/types.ts';
import { benchmark } from '../backends/testing/builders.ts';
import { addressed, addressMissing } from './address.ts';
import { podState } from './testing/builders.ts';

type Network = NonNullable<BenchmarkSpec['network']>;

const dual = podState({ addresses: ['10.0.0.1', 'fd00::1'] });
const cluster = { network: 'ptp', interface: 'eth0', addresses: ['10.0.0.1', 'fd00::1'], isDefault: true };
const fast = { network: 'bench/fast', interface: 'net1', addresses: ['fd00:9::1', '192.168.0.1'], isDefault: false };
const beside = podState({ addresses: dual.addresses, attachments: [cluster, fast] });
const inPlace = podState({ addresses: ['192.168.0.1'], attachments: [{ ...fast, interface: 'eth0', isDefault: true }] });
const further: Network = { name: 'fast', interface: 'net1' };

describe('the address that counts', () => {
  test.each<[string, typeof dual, Network, string | undefined]>([
    ['the primary one', dual, {}, '10.0.0.1'],
    ['the one of IPv6', dual, { ipFamily: 'IPv6' }, 'fd00::1'],
    ['the one of IPv4 behind one of IPv6', podState({ addresses: ['fd00::1', '10.0.0.1'] }), { ipFamily: 'IPv4' }, '10.0.0.1'],
    ['none as long as there is none', podState(), {}, undefined],
    ['none of another family', podState({ addresses: ['10.0.0.1'] }), { ipFamily: 'IPv6' }, undefined],
    ['KP-17 the only one where pods have IPv6 alone', podState({ addresses: ['fd00::1'] }), {}, 'fd00::1'],
    ['KP-17 the one of IPv4 on a further interface', beside, further, '192.168.0.1'],
    ['KP-17 the one of IPv6 on a further interface', beside, { ...further, ipFamily: 'IPv6' }, 'fd00:9::1'],
    ['KP-17 the primary one in a replaced network', inPlace, { name: 'fast' }, '192.168.0.1'],
    ['none on another interface than the one that is asked for', beside, { ...further, interface: 'net2' }, undefined],
    ['none of another attachment on that interface', beside, { ...further, name: 'slow' }, undefined],
    ['none of an attachment that did not take the place of the default network', beside, { name: 'fast' }, undefined],
    ['none where no Multus has spoken', dual, { name: 'fast' }, undefined],
  ])('is %s', (_, pod, network, expected) => {
    expect(addressed(pod, benchmark({ network })).ip).toBe(expected);
  });
});

describe('a pod without an address that counts', () => {
  test('names its node, what it has, and what to do', () => {
    const pod = podState({ addresses: ['10.0.0.1'], node: 'node-1' });
    expect(addressMissing(pod, benchmark({ network: { ipFamily: 'IPv6' } }))).toEqual({
      reason: 'AddressMissing',
      message:
        'net-sleeper-0 on node-1 has no IPv6 address, only 10.0.0.1; ' +
        'choose the other spec.network.ipFamily, or nodes and a network that have both families',
    });
  });

  test('names the interface on which it has none of the family', () => {
    const pod = podState({ addresses: ['10.0.0.1'], attachments: [{ ...fast, addresses: ['192.168.0.1'] }] });
    expect(addressMissing(pod, benchmark({ network: { ...further, ipFamily: 'IPv6' } }))).toMatchObject({
      reason: 'AddressMissing',
      message: expect.stringContaining('net-sleeper-0 has no IPv6 address on net1, only 192.168.0.1; '),
    });
  });

  test.each<[string, typeof dual, Network, string]>([
    ['no Multus', dual, { name: 'fast' }, 'net-sleeper-0 was not given bench/fast, only the addresses 10.0.0.1, fd00::1; Multus has to'],
    [
      'a Multus that attached something else',
      podState({ addresses: dual.addresses, attachments: [cluster], node: 'node-1' }),
      further,
      'net-sleeper-0 on node-1 was not given bench/fast as net1, only ptp as eth0; Multus has to',
    ],
  ])('was not given its network: %s', (_, pod, network, message) => {
    expect(addressMissing(pod, benchmark({ network }))).toMatchObject({
      reason: 'NetworkMissing',
      message: expect.stringContaining(message),
    });
  });

  test('tells no more of what others wrote about its networks than a person reads', () => {
    const attachments = [{ ...cluster, network: 'x'.repeat(100_000) }];
    expect(
      addressMissing(podState({ addresses: dual.addresses, attachments }), benchmark({ network: further }))?.message.length,
    ).toBeLessThan(1000);
  });

  test.each<[string, typeof dual, Network]>([
    ['waits as long as it has none at all', podState(), { name: 'fast' }],
    ['is no fault where it has one that counts', addressed(dual, benchmark()), {}],
  ])('%s', (_, pod, network) => {
    expect(addressMissing(pod, benchmark({ network }))).toBeUndefined();
  });
});
