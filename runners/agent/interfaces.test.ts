import { describe, expect, test } from '@jest/globals';

import { addressesOn, interfaceNames, interfaceWith } from './interfaces.ts';
import type { Interfaces } from './interfaces.ts';

type Address = NonNullable<Interfaces[string]>[number];

const common = { mac: '00:00:00:00:00:00', internal: false, cidr: null };
const four = (address: string): Address => ({ ...common, address, netmask: '255.255.255.0', family: 'IPv4' });
const six = (address: string, scopeid = 0): Address => ({ ...common, address, netmask: 'ffff:ffff:ffff:ffff::', family: 'IPv6', scopeid });

const interfaces: Interfaces = {
  lo: [four('127.0.0.1')],
  eth0: [four('10.0.0.7'), six('fe80::7', 2)],
  net1: [six('fd00::7'), four('192.168.0.7'), six('fe80::8', 3)],
  net2: [six('fe80::9', 4)],
};

describe('the addresses on an interface', () => {
  test('are those of IPv4 and then those of IPv6, without those of the link', () => {
    expect(addressesOn('net1', interfaces)).toEqual(['192.168.0.7', 'fd00::7']);
  });

  test.each(['net9', 'net2', 'constructor'])('are missed by name where %s has none', (name) => {
    expect(() => addressesOn(name, interfaces)).toThrow(
      expect.objectContaining({
        reason: 'NetworkMissing',
        message: `the pod has no interface ${name} with an address, only lo (127.0.0.1), eth0 (10.0.0.7), net1 (fd00::7, 192.168.0.7), net2 ()`,
      }),
    );
  });

  test('are missed in a pod without any network', () => {
    expect(() => addressesOn('net1', {})).toThrow('only none at all');
  });
});

test('every address has the name of its interface', () => {
  expect(interfaceNames({ lo: interfaces['lo'], net1: interfaces['net1'] })).toEqual({
    '127.0.0.1': 'lo',
    'fd00::7': 'net1',
    '192.168.0.7': 'net1',
    'fe80::8': 'net1',
  });
});

describe('the interface of an address', () => {
  const local: Interfaces = {
    lo: [{ ...four('127.0.0.1'), cidr: '127.0.0.1/8' }],
    eth0: [
      { ...four('10.0.0.7'), cidr: '10.0.0.7/24' },
      { ...six('fd00::7'), cidr: 'fd00::7/64' },
    ],
    net1: [{ ...four('10.0.0.8'), cidr: '10.0.0.8/24' }],
  };

  test.each([
    ['10.0.0.7', 'eth0'],
    ['10.0.0.8', 'net1'],
    ['fd00::7', 'eth0'],
    ['127.3.2.1', 'lo'],
    ['::ffff:127.3.2.1', 'lo'],
    ['fd01::7', undefined],
    ['192.0.2.1', undefined],
    ['', undefined],
  ])('%s is on %s', (address, name) => {
    expect(interfaceWith(address, local)).toBe(name);
  });
});
