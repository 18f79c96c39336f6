// What `helm test` would do.
import { beforeAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { validateFile } from '../../operator/api/manifest.ts';
import { only, render, type Rendered } from './chart.ts';

let plain: Rendered[];

beforeAll(async () => {
  plain = await render();
}, 60_000);

const hooks = (objects: readonly Rendered[]) => objects.filter(({ metadata }) => metadata.annotations?.['helm.sh/hook'] !== undefined);
const weight = ({ metadata }: Rendered) => Number(metadata.annotations?.['helm.sh/hook-weight']);

test('removes what it made, however it ends, and prints what the test said', () => {
  const policies = hooks(plain).map(({ metadata }) => metadata.annotations?.['helm.sh/hook-delete-policy']);
  expect(new Set(policies)).toEqual(new Set(['before-hook-creation,hook-succeeded,hook-failed']));
  expect(only(plain, 'Pod').metadata.annotations).toMatchObject({ 'helm.sh/hook-output-log-policy': 'hook-failed,hook-succeeded' });
});

test('makes rights, then the benchmark, then the pod that follows it', () => {
  const order = hooks(plain)
    .toSorted((a, b) => weight(a) - weight(b))
    .map(({ kind }) => kind);
  expect([new Set(order.slice(0, 3)), new Set(order.slice(3, 5)), order.slice(5)]).toEqual([
    new Set(['ServiceAccount', 'Role', 'RoleBinding']),
    new Set(['Benchmark', 'ConfigMap']),
    ['Pod'],
  ]);
});

test('runs a valid benchmark, the one that its pod follows', () => {
  const { kind, metadata, spec } = only(plain, 'Benchmark');
  const file = only(plain, 'ConfigMap', 'assay-test').data?.['benchmark.yaml'] ?? '';
  expect(validateFile(file, 'benchmark.yaml').problems).toEqual([]);
  expect(parse(file)).toEqual({
    apiVersion: 'assay.dev/v1alpha1',
    kind,
    metadata: { name: metadata.name, namespace: metadata.namespace },
    spec,
  });
});

test('may touch that one benchmark and read its results, and nothing else', () => {
  expect(only(plain, 'Role', 'assay-test').rules).toEqual([
    { apiGroups: ['assay.dev'], resources: ['benchmarks'], resourceNames: ['assay-test'], verbs: ['get', 'list', 'watch', 'patch'] },
    { apiGroups: [''], resources: ['configmaps'], resourceNames: ['assay-test-results'], verbs: ['get'] },
  ]);
});

test('works where the operator serves', async () => {
  const objects = await render({ namespaces: ['team-a', 'team-b'] });
  const places = hooks(objects).map(({ kind, metadata }) => [kind, metadata.namespace]);
  expect(Object.fromEntries(places)).toEqual({
    Benchmark: 'team-a',
    Role: 'team-a',
    RoleBinding: 'team-a',
    ConfigMap: 'assay-system',
    Pod: 'assay-system',
    ServiceAccount: 'assay-system',
  });
});
