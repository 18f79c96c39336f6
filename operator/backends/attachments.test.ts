import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { attachmentAnnotations, attachmentName, attachmentsOf } from './attachments.ts';
import { benchmark, pod } from './testing/builders.ts';

describe('an attachment', () => {
  test.each([
    ['of the own namespace', 'fast', 'bench/fast'],
    ['of another one', 'networks/fast', 'networks/fast'],
  ])('%s', (_, name, expected) => {
    expect(attachmentName(benchmark({ network: { name } }))).toBe(expected);
  });

  test('is none where none is named', () => {
    expect([attachmentName(benchmark()), attachmentAnnotations(benchmark({ network: { mtu: 1500 } }))]).toEqual([undefined, {}]);
  });

  test('KP-17 takes the place of the default network', () => {
    expect(attachmentAnnotations(benchmark({ network: { name: 'fast' } }))).toEqual({ 'v1.multus-cni.io/default-network': 'bench/fast' });
  });

  test('KP-17 is a further interface of the name that is asked for', () => {
    const [[key, text] = ['', '']] = Object.entries(
      attachmentAnnotations(benchmark({ network: { name: 'networks/fast', interface: 'rdma0' } })),
    );
    expect([key, JSON.parse(text)]).toEqual(['k8s.v1.cni.cncf.io/networks', [{ name: 'fast', namespace: 'networks', interface: 'rdma0' }]]);
  });
});

const attached = (text: string) => attachmentsOf(pod({}, { annotations: { 'k8s.v1.cni.cncf.io/network-status': text } }));

describe('the word of Multus', () => {
  test('is read as far as it matters', () => {
    // As Multus 4.1 writes it.
    const text = `[{
    "name": "ptp",
    "interface": "eth0",
    "ips": ["10.201.1.5", "fd00:201:1::5"],
    "mac": "92:6e:8f:5c:6f:6a",
    "default": true,
    "dns": {},
    "gateway": ["10.201.1.1"]
},{
    "name": "bench/fast",
    "interface": "net1",
    "ips": ["192.168.0.7"],
    "mac": "92:6e:8f:5c:6f:6b",
    "mtu": 1400,
    "dns": {}
}]`;
    expect(attached(text)).toEqual([
      { network: 'ptp', interface: 'eth0', addresses: ['10.201.1.5', 'fd00:201:1::5'], isDefault: true },
      { network: 'bench/fast', interface: 'net1', addresses: ['192.168.0.7'], isDefault: false },
    ]);
  });

  test('is none in a pod without it', () => {
    expect(attachmentsOf(pod())).toBeUndefined();
  });

  test.each(['', '{', 'null', '{}', '"x"'])('is none where it is %j', (text) => {
    expect(attached(text)).toBeUndefined();
  });

  test.each([
    ['an option', '--server'],
    ['a name', 'example.com'],
    ['a range', '10.0.0.0/8'],
    ['a number', 1],
    ['nothing', null],
  ])('gives no address that is %s', (_, ip) => {
    expect(attached(JSON.stringify([{ name: 'bench/fast', interface: 'net1', ips: [ip, '10.0.0.1'] }]))?.[0]?.addresses).toEqual([
      '10.0.0.1',
    ]);
  });

  test('never fails, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(attached(text) ?? []).toBeInstanceOf(Object);
      }),
    );
  });
});
