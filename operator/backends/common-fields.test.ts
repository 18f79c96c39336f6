import { describe, expect, test } from '@jest/globals';
import { workloads } from '../../runners/registry.ts';
import type { BenchmarkSpec } from '../api/types.ts';
import { check } from '../benchmark/check.ts';
import type { Pod } from './pod.ts';
import { podObject } from './pod-object.ts';
import { podsBackend } from './pods.ts';
import { benchmark } from './testing/builders.ts';

// What a spec may say of every kind's pods is in every pod of every kind, or refused with its reason; it is never ignored.

const images = { tag: 'test' };
const rights = { hostNetwork: true, capabilities: ['IPC_LOCK'] };
const resources = { requests: { cpu: '1' }, limits: { memory: '1Gi', 'nvidia.com/gpu': 1 } };

/** All pods that a spec gives, or why it is refused. */
function podsOf(spec: BenchmarkSpec) {
  const own = { ...benchmark(), spec };
  const { spec: effective, roles, refused } = check(own, [podsBackend(images)], rights);
  if (refused) throw new Error(`${refused.reason}: ${refused.message}`);
  const run = { benchmark: { ...own, spec: effective }, attempt: 0, roles, peers: {} };
  return roles.flatMap((role) => Array.from({ length: role.replicas }, (_, index) => podObject(run, role, index, images)));
}

/** What a pod's agent is told. */
function taskOf(spec: Pod['spec']): { mtu?: number } {
  return JSON.parse(spec.containers[0]?.env.find(({ name }) => name === 'ASSAY_TASK')?.value ?? '{}');
}

const kinds = Object.keys(workloads).map((name): [string, BenchmarkSpec] => [name, { [name]: {} }]);

describe.each(kinds)('KP-10 the pods of %s', (_, workload) => {
  test.each<[string, BenchmarkSpec, (pod: ReturnType<typeof podObject>) => unknown, unknown]>([
    ['network.host', { network: { host: true } }, ({ spec }) => spec.hostNetwork, true],
    [
      'network.name',
      { network: { name: 'fast' } },
      ({ metadata }) => metadata.annotations?.['v1.multus-cni.io/default-network'],
      'bench/fast',
    ],
    ['network.mtu', { network: { mtu: 9000 } }, ({ spec }) => taskOf(spec).mtu, 9000],
    ['pod.resources', { pod: { resources } }, ({ spec }) => spec.containers[0]?.resources, resources],
    ['pod.image', { pod: { image: 'example.com/mine:1' } }, ({ spec }) => spec.containers[0]?.image, 'example.com/mine:1'],
    ['pod.imagePullPolicy', { pod: { imagePullPolicy: 'Always' } }, ({ spec }) => spec.containers[0]?.imagePullPolicy, 'Always'],
  ])('have %s', (__, changes, found, expected) => {
    const made = podsOf({ ...workload, ...changes });
    expect(made.map(found)).toEqual(made.map(() => expected));
    expect(made.length).toBeGreaterThan(0);
  });

  test.each([
    ['an attachment', { name: 'fast' }, 'spec.network.name'],
    ['an MTU', { mtu: 9000 }, 'spec.network.mtu'],
  ])('have no %s on the network of the node: both together are refused', (__, network, path) => {
    expect(() => podsOf({ ...workload, network: { host: true, ...network } })).toThrow(`${path}: is not allowed with network.host`);
  });
});

test('KP-10 a field that no kind has is refused', () => {
  expect(() => podsOf({ iperf: {}, hostNetwork: true })).toThrow('spec.hostNetwork: unknown field');
});
