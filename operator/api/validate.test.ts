import { describe, expect, test } from '@jest/globals';
import { benchmark, refusedObjects } from './testdata/refused.ts';
import { validateBenchmark } from './validate.ts';
import { validateBenchmarkSet } from './validate-set.ts';

const told = (problems: { path: string; message: string }[]) => Object.fromEntries(problems.map(({ path, message }) => [path, message]));

test.each(refusedObjects)('refuses $title', ({ object, problems }) => {
  const validate = object.kind === 'Benchmark' ? validateBenchmark : validateBenchmarkSet;
  expect(told(validate(object))).toEqual(problems);
});

test.each([
  ['defaults alone', benchmark({})],
  [
    'every option of a pod',
    benchmark({ pod: { env: [{ name: 'A', value: '$(B)' }], resources: { limits: { cpu: 2, memory: '1Gi' } }, labels: { team: 'a' } } }),
  ],
  ['a role of the workload', benchmark({ roles: { sleeper: { pod: { image: 'r:1' } } }, placement: { nodes: { sleeper: 'worker-1' } } })],
  [
    'volumes beside the agent',
    benchmark({
      pod: {
        volumes: ['/application', '/usr/share/cases', '/tmp/x'].map((mountPath, index) => ({ name: `v${index}`, mountPath, emptyDir: {} })),
      },
    }),
  ],
  ['a generated name', benchmark({}, { name: undefined, generateName: 'net-' })],
  [
    'what the API server adds',
    benchmark({}, { uid: 'u', creationTimestamp: '2026-11-21T00:00:00Z', managedFields: [{ manager: 'kubectl' }] }),
  ],
])('accepts %s', (_, object) => {
  expect(validateBenchmark(object)).toEqual([]);
});

test('the object is not changed', () => {
  const object = benchmark({ sleep: { durations: '1s' } });
  const before = JSON.stringify(object);
  validateBenchmark(object);
  expect(JSON.stringify(object)).toBe(before);
});

test('a value is told beside the words', () => {
  expect(validateBenchmark(benchmark({ retries: -1 }))).toEqual([expect.objectContaining({ path: 'spec.retries', value: -1 })]);
});

describe('what the operator adds', () => {
  test.each([
    ["the workload's own rules", benchmark({ sleep: { duration: '25h' } }), { 'spec.sleep.duration': '25h is too long; up to 24h' }],
    ['a mistyped role', benchmark({ roles: { sleper: {} } }), { 'spec.roles.sleper': 'unknown role; did you mean "sleeper"?' }],
    [
      'a role of another workload',
      benchmark({ placement: { nodes: { client: 'a' } } }),
      { 'spec.placement.nodes.client': 'unknown role; sleep has sleeper' },
    ],
    [
      'a name too long for its pods',
      benchmark({}, { name: 'n'.repeat(60) }),
      { 'metadata.name': `would give pods names like ${'n'.repeat(60)}-sleeper-0-a99; choose one of at most 49 characters` },
    ],
    ['no name', benchmark({}, { name: undefined }), { 'metadata.name': 'is missing; like net-1' }],
    [
      'another version',
      { ...benchmark({}), apiVersion: 'assay.dev/v1' },
      { apiVersion: '"assay.dev/v1" is not allowed; assay.dev/v1alpha1' },
    ],
    ['another kind', { ...benchmark({}), kind: 'Job' }, { kind: '"Job" is not allowed; Benchmark' }],
  ])('refuses %s', (_, object, problems) => {
    expect(told(validateBenchmark(object))).toEqual(problems);
  });

  test('a name that just fits its pods is accepted', () => {
    expect(validateBenchmark(benchmark({}, { name: 'n'.repeat(49) }))).toEqual([]);
  });

  test("the workload's rules are not asked about parameters of the wrong form", () => {
    expect(told(validateBenchmark(benchmark({ sleep: { duration: 'x' }, retries: 99 })))).toEqual({
      'spec.sleep.duration': '"x" is not allowed; like 1s',
      'spec.retries': '99 is not allowed; 0 to 10',
    });
  });
});
