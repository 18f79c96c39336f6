import { describe, expect, test } from '@jest/globals';
import { convertIPerf } from './iperf.ts';
import { convertedSpec } from './testing.ts';

const iperf = (spec: object) => convertedSpec(convertIPerf, spec);

test('iperf is version 2, its time in seconds', () => {
  expect(iperf({ duration: 30, streams: 8 })).toEqual({ spec: { iperf: { version: 2, duration: '30s', streams: 8 } }, notes: [] });
});

describe('common fields', () => {
  test.each<[string, object, object]>([
    ['the network of the node', { hostNetwork: true }, { network: { host: true } }],
    ['not the network of the node', { hostNetwork: false }, { network: { host: false } }],
    ['an attachment and its MTU', { networkName: 'ns/fast', mtu: 9000 }, { network: { name: 'ns/fast', mtu: 9000 } }],
    ['resources', { resources: { limits: { 'example.com/nic': 1 } } }, { pod: { resources: { limits: { 'example.com/nic': 1 } } } }],
    ['the pull policy', { imagePullPolicy: 'Never' }, { pod: { imagePullPolicy: 'Never' } }],
  ])('%s', (_, given, ours) => {
    expect(iperf(given).spec).toEqual({ ...ours, iperf: { version: 2 } });
  });

  test.each<[string, object, string]>([
    ['an image', { image: 'x' }, 'spec.image'],
    ['an attachment beside the network of the node', { hostNetwork: true, networkName: 'x' }, 'spec.networkName'],
    ['an MTU of the node', { hostNetwork: true, mtu: 9000 }, 'spec.mtu'],
    ['an unknown field', { zone: 'a' }, 'spec.zone'],
  ])('%s is left out and named', (_, given, path) => {
    const { spec, notes } = iperf(given);
    expect([notes.map((note) => note.path), JSON.stringify(spec).includes('9000')]).toEqual([[path], false]);
  });
});

test('an MTU is carried over, and it is said that Assay only verifies it', () => {
  const { spec, notes } = iperf({ mtu: 9000 });
  expect([spec, notes]).toEqual([
    { network: { mtu: 9000 }, iperf: { version: 2 } },
    [{ path: 'spec.mtu', message: expect.stringContaining('verified from end to end and not set') }],
  ]);
});

test('what has the wrong type stays, for the validation to refuse', () => {
  expect(iperf({ duration: 'soon', streams: [1] }).spec).toEqual({ iperf: { version: 2, duration: 'soon', streams: [1] } });
});
