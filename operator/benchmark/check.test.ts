import { describe, expect, test } from '@jest/globals';
import type { BenchmarkSpec } from '../api/types.ts';
import { podsBackend } from '../backends/pods.ts';
import { benchmark } from '../backends/testing/builders.ts';
import { check } from './check.ts';

const backends = [podsBackend({ tag: 'test' })];
const sleep = { sleep: { duration: '1s' } };

function checked(spec: BenchmarkSpec, policy = {}) {
  return check({ ...benchmark(), spec }, backends, policy);
}

test('a sound spec gives its workload and the plan of its pods', () => {
  const { workload, roles, refused } = checked(sleep);
  expect({ workload, roles: roles.map(({ name }) => name), refused }).toEqual({
    workload: 'sleep',
    roles: ['sleeper'],
    refused: undefined,
  });
});

test('defaults that the stored object lacks are filled in', () => {
  expect(checked({ iperf: {} })).toMatchObject({ workload: 'iperf', spec: { backend: 'Pods', placement: { exclusive: 'Node' } } });
});

describe('refused', () => {
  test.each<[string, BenchmarkSpec, string, RegExp]>([
    ['a field of the wrong type', { sleep: { duration: 7 as never } }, 'InvalidSpec', /spec\.sleep\.duration/],
    ['what the workload does not take', { sleep: { duration: '48h' } }, 'InvalidSpec', /spec\.sleep\.duration: 48h is too long/],
    ['no workload', {}, 'InvalidSpec', /spec/],
    [
      'rights that are not granted',
      { ...sleep, network: { host: true } },
      'NotAllowed',
      /^spec\.network\.host: true is not allowed here; .* policy\.hostNetwork: true$/,
    ],
    [
      'a workload whose pods need a right that is not granted',
      { rdmaLatency: {} },
      'NotAllowed',
      /^spec\.rdmaLatency: the capability IPC_LOCK, .* policy\.capabilities: \[IPC_LOCK\]$/,
    ],
    ['a backend that is not there', { ...sleep, backend: 'Volcano' }, 'BackendMissing', /Volcano is not installed; there is Pods/],
    [
      'a network of another namespace',
      { ...sleep, network: { name: 'storage/san' } },
      'NotAllowed',
      /^spec\.network\.name: storage\/san is not allowed here; an administrator can allow it with policy\.networks: \[storage\/san\]$/,
    ],
    [
      'one node for roles that must be apart',
      { iperf: {}, placement: { topology: 'DifferentNodes', nodes: { server: 'a', client: 'a' } } },
      'InvalidSpec',
      /spec\.placement\.nodes: a is named twice/,
    ],
  ])('%s', (_, spec, reason, message) => {
    expect(checked(spec)).toMatchObject({ roles: [], refused: { reason, message: expect.stringMatching(message) } });
  });

  test('a claim of a workload where the policy has no claims', () => {
    const fio = { volume: { claimName: 'data' } };
    expect(checked({ fio }, { volumes: [] }).refused).toEqual({
      reason: 'NotAllowed',
      message: expect.stringMatching(/^spec\.fio: the claim data is not allowed here/),
    });
  });

  test('what the policy grants is not refused', () => {
    expect(checked({ ...sleep, network: { host: true } }, { hostNetwork: true })).not.toHaveProperty('refused');
  });

  test('one node for both is fine where that is asked for', () => {
    expect(checked({ iperf: {}, placement: { topology: 'SameNode', nodes: { server: 'a', client: 'a' } } })).not.toHaveProperty('refused');
  });

  test('a task that no environment can carry', () => {
    const jobFile = `[job]\n${'# comment\n'.repeat(6000)}`;
    const { refused } = checked({ fio: { jobFile } });
    expect(refused).toMatchObject({ reason: 'InvalidSpec', message: expect.stringMatching(/bytes|jobFile/) });
  });

  test('many problems are told up to a number, and the rest counted', () => {
    const env = Array.from({ length: 15 }, (_, index) => ({ name: `ASSAY_${index}`, value: '' }));
    expect(checked({ ...sleep, pod: { env } }).refused?.message).toMatch(/; and 5 more$/);
  });
});
