// What Helm makes of the chart. What a cluster makes of that is in chart-install.test.ts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { release } from '../../operator/release.ts';
import { chart, everything, helm, only, operatorFlags, operatorPod, type PodTemplate, render, type Rendered } from './chart.ts';

const digest = `sha256:${'0'.repeat(64)}`;

let plain: Rendered[];

beforeAll(async () => {
  plain = await render();
}, 120_000);

const kinds = (objects: readonly Rendered[]) => objects.map(({ kind }) => kind);
const names = (objects: readonly Rendered[]) => objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`).join('\n');

test('its version and that of the images is the version of Assay', () => {
  const { version, appVersion } = parse(readFileSync(join(chart, 'Chart.yaml'), 'utf8')) as Record<string, string>;
  expect({ version, appVersion }).toEqual({ version: release, appVersion: release });
});

test("Helm's linter has nothing against it", async () => {
  expect(await helm(['lint', '--strict', '--kube-version', '1.34.0', chart], { values: everything })).toContain(
    '1 chart(s) linted, 0 chart(s) failed',
  );
});

test('what a chart above it says to all of its charts is no unknown value', async () => {
  await expect(render({ global: { imageRegistry: 'elsewhere.example' } })).resolves.toHaveLength(plain.length);
});

describe('objects', () => {
  test('KP-43 are as many as it takes', () => {
    const made = plain
      .filter(({ metadata }) => !metadata.annotations?.['helm.sh/hook'])
      .map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(made.toSorted()).toEqual([
      'ClusterRole assay-edit',
      'ClusterRole assay-operator',
      'ClusterRole assay-operator-nodes',
      'ClusterRole assay-view',
      'ClusterRoleBinding assay-operator',
      'ClusterRoleBinding assay-operator-nodes',
      'ConfigMap assay-policy',
      'CustomResourceDefinition benchmarks.assay.dev',
      'CustomResourceDefinition benchmarksets.assay.dev',
      'Deployment assay-operator',
      'Lease assay-operator',
      'Role assay-operator-lease',
      'RoleBinding assay-operator-lease',
      'Service assay-operator-metrics',
      'ServiceAccount assay-operator',
    ]);
  });

  test.each([
    ['metrics.serviceMonitor', { metrics: { serviceMonitor: { enabled: true } } }, ['ServiceMonitor']],
    ['podDisruptionBudget', { podDisruptionBudget: { enabled: true } }, ['PodDisruptionBudget']],
    ['networkPolicy', { networkPolicy: { enabled: true } }, ['NetworkPolicy']],
  ])('%s adds its own and no other', async (_, values, added) => {
    expect(kinds(await render(values)).toSorted()).toEqual([...kinds(plain), ...added].toSorted());
  });

  test.each([
    ['crds.install', { crds: { install: false } }, 'CustomResourceDefinition'],
    ['rbac.userRoles', { rbac: { userRoles: false } }, 'ClusterRole assay-view'],
    ['serviceAccount.create', { serviceAccount: { create: false, name: 'mine' } }, 'ServiceAccount assay-operator'],
    ['metrics.service.enabled', { metrics: { service: { enabled: false } } }, 'Service assay-operator-metrics'],
    ['rbac.create', { rbac: { create: false } }, 'ClusterRole assay-operator'],
  ])('%s=false takes its own away', async (_, values, gone) => {
    expect({ before: names(plain).includes(gone), after: names(await render(values)).includes(gone) }).toEqual({
      before: true,
      after: false,
    });
  });

  test('carry the labels and annotations of their release, and those asked for', async () => {
    const marked = await render({
      ...everything,
      commonLabels: { team: 'perf', 'app.kubernetes.io/name': 'mine' },
      commonAnnotations: { owner: 'perf' },
    });
    const unmarked = marked.filter(
      ({ metadata: { labels, annotations } }) =>
        labels?.team !== 'perf' ||
        annotations?.owner !== 'perf' ||
        labels['app.kubernetes.io/instance'] !== 'assay' ||
        labels['app.kubernetes.io/name'] !== 'assay',
    );
    expect(unmarked.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([]);
    expect(operatorPod(marked).metadata).toMatchObject({ labels: { team: 'perf' }, annotations: { owner: 'perf' } });
  });

  test('of another release have other names, and names that are too long are cut', async () => {
    const other = await render({}, { name: 'a'.repeat(53), namespace: 'team' });
    const own = other.map(({ metadata }) => metadata.name).filter((name) => !name.endsWith('.assay.dev'));
    expect(own.filter((name) => name.length > 63 || !name.startsWith('aaa'))).toEqual([]);
  });

  test.each([
    ['a release by another name', {}, 'perf', 'perf-assay-operator'],
    ['a release by the name of the chart', {}, 'my-assay', 'my-assay-operator'],
    ['nameOverride', { nameOverride: 'bench' }, 'perf', 'perf-bench-operator'],
    ['fullnameOverride', { fullnameOverride: 'bench' }, 'perf', 'bench-operator'],
  ])('%s', async (_, values, name, expected) => {
    expect(only(await render(values, { name }), 'Deployment').metadata.name).toBe(expected);
  });
});

describe('images', () => {
  test.each([
    ['by default', {}, `ghcr.io/assay/assay-operator:${release}`],
    [
      'of a disconnected cluster',
      { imageRegistry: 'registry.example:5000/mirror/' },
      `registry.example:5000/mirror/assay-operator:${release}`,
    ],
    ['of a registry of its own', { operator: { image: { registry: 'a.example' } } }, `a.example/assay-operator:${release}`],
    ['by tag', { operator: { image: { tag: 'dev', repository: 'x/op' } } }, 'ghcr.io/assay/x/op:dev'],
    ['by digest, which a tag does not change', { operator: { image: { tag: 'dev', digest } } }, `ghcr.io/assay/assay-operator@${digest}`],
  ])('KP-44 the operator %s, in the test too', async (_, values, expected) => {
    const objects = await render(values);
    const { containers } = only(objects, 'Pod').spec as PodTemplate['spec'];
    expect([operatorPod(objects).spec.containers[0]?.image, containers[0]?.image]).toEqual([expected, expected]);
  });

  test.each([
    ['by default', {}, { imageRegistry: 'ghcr.io/assay', imageTag: release, imageDigests: {} }],
    ['of a disconnected cluster', { imageRegistry: 'registry.example/mirror/' }, { imageRegistry: 'registry.example/mirror' }],
    ['of a registry of their own', { runners: { registry: 'b.example', tag: 'dev' } }, { imageRegistry: 'b.example', imageTag: 'dev' }],
    [
      'by digest',
      { runners: { digests: { 'assay-iperf': digest, 'assay-fio': digest } } },
      { imageDigests: { 'assay-fio': digest, 'assay-iperf': digest } },
    ],
  ])('the runners %s', async (_, values, expected) => {
    expect(operatorFlags(await render(values))).toMatchObject(expected);
  });
});

describe('the operator', () => {
  test.each([
    [
      'leads in the namespace of its release, by a lease of its name',
      {},
      { leaderElect: true, leaderNamespace: 'assay-system', leaderName: 'assay-operator' },
    ],
    ['serves all namespaces', {}, { namespaces: [] }],
    ['serves those that are listed', { namespaces: ['a', 'b'] }, { namespaces: ['a', 'b'] }],
    ['asks as often as it may', { operator: { qps: 2_000_000, burst: 0.5 } }, { qps: 2_000_000, burst: 0.5 }],
    ['logs what it should', { operator: { logLevel: 'debug' } }, { logLevel: 'debug' }],
  ])('%s', async (_, values, expected) => {
    expect(operatorFlags(await render(values))).toMatchObject(expected);
  });

  test('has as many replicas as are asked for', async () => {
    const full = await render(everything);
    expect([only(plain, 'Deployment').spec, only(full, 'Deployment').spec]).toMatchObject([{ replicas: 1 }, { replicas: 2 }]);
  });
});

describe('definitions', () => {
  const root = join(import.meta.dirname, '../..');

  test.each(['benchmarks', 'benchmarksets'])('%s is that of crds/, kept when the release goes', (plural) => {
    const { spec } = parse(readFileSync(join(root, `crds/assay.dev_${plural}.yaml`), 'utf8')) as Rendered;
    const made = only(plain, 'CustomResourceDefinition', `${plural}.assay.dev`);
    expect(made.metadata.annotations).toEqual({ 'helm.sh/resource-policy': 'keep' });
    expect(made.spec).toEqual(spec);
  });

  test('go with the release where that is asked for', async () => {
    const made = (await render({ crds: { keep: false } })).filter(({ kind }) => kind === 'CustomResourceDefinition');
    expect(made.map(({ metadata }) => metadata.annotations)).toEqual([undefined, undefined]);
  });
});
