import { describe, expect, test } from '@jest/globals';
import type { Chosen } from '../../runners/registry.ts';
import type { RolePlan, Workload } from '../../runners/workload.ts';
import { planProblems } from './plan-rules.ts';
import { longestPodSuffix } from './pod-names.ts';
import type { Benchmark, BenchmarkSpec, PodVolume } from './types.ts';

/** A workload of a server and three clients with a volume each: only its plan matters here. */
const roles: RolePlan[] = [
  { name: 'server', replicas: 1, ends: false, task: { argv: ['serve'], measures: false } },
  {
    name: 'client',
    replicas: 12,
    ends: true,
    task: { argv: ['measure'], measures: true },
    volumes: [{ name: 'data', mountPath: '/data', source: { emptyDir: {} } }],
  },
];
const workload: Workload = {
  name: 'pair',
  title: '',
  image: '',
  topology: 'Any',
  metrics: [],
  programs: {},
  headline: () => '',
  plan: () => roles,
  duration: () => 0,
  parse: () => ({ ok: true, metrics: [] }),
};
const chosen: Chosen = { workload, parameters: {} };

const benchmark = (spec: BenchmarkSpec, name = 'net'): Benchmark => ({
  apiVersion: 'assay.dev/v1alpha1',
  kind: 'Benchmark',
  metadata: { name },
  spec,
});
const told = (object: Benchmark) => planProblems(chosen, object).map(({ path, message }) => `${path}: ${message}`);
const volume = (name: string, mountPath: string): PodVolume => ({ name, mountPath, emptyDir: {} });

describe('roles', () => {
  test.each<[string, BenchmarkSpec, string[]]>([
    ['of the plan', { roles: { server: {} }, placement: { nodes: { client: 'a' } } }, []],
    ['mistyped', { roles: { sever: {} } }, ['spec.roles.sever: unknown role; did you mean "server"?']],
    ['unknown', { placement: { nodes: { leader: 'a' } } }, ['spec.placement.nodes.leader: unknown role; pair has server and client']],
  ])('%s', (_, spec, problems) => {
    expect(told(benchmark(spec))).toEqual(problems);
  });
});

test.each<[name: string, backend: NonNullable<BenchmarkSpec['backend']>, problems: string[]]>([
  ['net', 'JobSet', []],
  ['1g', 'Pods', []],
  ['1g', 'Volcano', []],
  ['1g', 'JobSet', ['metadata.name: must begin with a letter with backend JobSet; choose another name']],
])('the name %s on %s', (name, backend, problems) => {
  expect(told(benchmark({ backend }, name))).toEqual(problems);
});

describe('volumes', () => {
  test.each<[string, BenchmarkSpec, string[]]>([
    ['beside those of the workload', { pod: { volumes: [volume('more', '/more')] } }, []],
    [
      'of the same name',
      { pod: { volumes: [volume('data', '/more')] } },
      ["spec.pod.volumes[0].name: data is the workload's own volume; choose another name"],
    ],
    [
      'at the same path',
      { pod: { volumes: [volume('more', '/data')] } },
      ["spec.pod.volumes[0].mountPath: the workload's own volume is at /data; choose another path"],
    ],
    [
      'of the role that has the volume',
      { roles: { client: { pod: { volumes: [volume('data', '/x')] } } } },
      ["spec.roles.client.pod.volumes[0].name: data is the workload's own volume; choose another name"],
    ],
    ['of a role that has none', { roles: { server: { pod: { volumes: [volume('data', '/data')] } } } }, []],
  ])('%s', (_, spec, problems) => {
    expect(told(benchmark(spec))).toEqual(problems);
  });
});

test('everything that does not fit is told at once, each at its own path', () => {
  const both = volume('data', '/data');
  const spec: BenchmarkSpec = {
    roles: { sever: {}, client: { pod: { volumes: [volume('more', '/more'), both] } } },
    placement: { nodes: { cleint: 'a', server: 'b' } },
    pod: { volumes: [both] },
  };
  expect(planProblems(chosen, benchmark(spec, 'n'.repeat(60))).map(({ path }) => path)).toEqual([
    'spec.roles.sever',
    'spec.placement.nodes.cleint',
    'spec.pod.volumes[0].name',
    'spec.pod.volumes[0].mountPath',
    'spec.roles.client.pod.volumes[1].name',
    'spec.roles.client.pod.volumes[1].mountPath',
    'metadata.name',
  ]);
});

test.each([
  ['of a role that objects inherit', { roles: { constructor: {} } }, ['spec.roles.constructor: unknown role; pair has server and client']],
  ['of a role in another case', { roles: { Server: {} } }, ['spec.roles.Server: unknown role; did you mean "server"?']],
  ['of nothing', {}, []],
])('options %s', (_, spec, problems) => {
  expect(told(benchmark(spec))).toEqual(problems);
});

describe("names of the pods, with room for the role's longest", () => {
  test('the suffix is that of the last replica and of a two-digit attempt', () => {
    expect(longestPodSuffix(chosen)).toBe('-client-11-a99');
  });

  test.each([
    ['just fits', 49, []],
    [
      'is one too long',
      50,
      [`metadata.name: would give pods names like ${'n'.repeat(50)}-client-11-a99; choose one of at most 49 characters`],
    ],
  ])('a name that %s', (_, length, problems) => {
    expect(told(benchmark({}, 'n'.repeat(length)))).toEqual(problems);
  });
});
