// The chart on a real API server: installed, upgraded and taken away.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { validateFile } from '../../operator/api/manifest.ts';
import { pods } from '../../operator/kube/object.ts';
import { chart, everything, helm, only, operatorPod, render, type Values } from './chart.ts';
import { TestCluster } from './cluster.ts';
import { HelmRelease } from './helm-release.ts';
import { until } from './until.ts';

let cluster: TestCluster;
let release: HelmRelease;
let before: string[];

/** No kind of Prometheus' operator is there. */
const values: Values = { ...everything, metrics: {} };
const definitions = ['CustomResourceDefinition /benchmarks.assay.dev', 'CustomResourceDefinition /benchmarksets.assay.dev'];
const apiService = 'APIService /v1alpha1.assay.dev';

beforeAll(async () => {
  cluster = await TestCluster.start({ bare: true });
  release = await HelmRelease.inNamespace(cluster, 'assay-system');
  before = await release.everything();
}, 120_000);

afterAll(() => cluster.stop(), 30_000);

/** Waits until the cluster holds what it held at first, and `more`. */
async function untilOnly(more: readonly string[]): Promise<void> {
  let added: string[] = [];
  const look = async () => {
    added = (await release.everything()).filter((object) => !before.includes(object) && object !== apiService);
    return added.join() === more.join() ? true : undefined;
  };
  await until(`nothing but ${more.join()} is left`, look, 10_000, async () => added.join());
}

async function shortNames(): Promise<string> {
  return await release.kubectl('get', 'crd', 'benchmarks.assay.dev', '--output=jsonpath={.spec.names.shortNames}');
}

describe('installed', () => {
  let notes: string;

  beforeAll(async () => {
    notes = await release.install(values);
  }, 60_000);

  afterAll(async () => {
    await release.uninstall();
    await release.kubectl('delete', 'crd', '--all');
  }, 60_000);

  test('says what to do next, with a benchmark that is valid', async () => {
    const [, yaml = ''] = /<<END\n(.*)\n +END/s.exec(notes) ?? [];
    expect(validateFile(yaml.replaceAll(/^ {2}/gm, ''), 'notes').problems).toEqual([]);
    expect(notes).toContain('kubectl --namespace assay-system rollout status deployment/assay-operator');
    expect(notes).toContain('helm --namespace assay-system test assay');
  });

  test('serves its kinds', async () => {
    await release.kubectl('wait', 'crd', '--all', '--for=condition=Established', '--timeout=20s');
    await release.kubectl('create', '--dry-run=server', '-f', join(import.meta.dirname, '../../examples/sleep.yaml'));
  }, 30_000);

  test('has pods that a namespace of the restricted standard takes', async () => {
    const objects = await render(values);
    const operator = { metadata: { name: 'operator', namespace: release.namespace }, spec: operatorPod(objects).spec };
    const { metadata, spec } = only(objects, 'Pod');
    await cluster.client.create(pods, operator, { fieldValidation: 'Strict' });
    await cluster.client.create(pods, { metadata, spec } as typeof operator, { fieldValidation: 'Strict' });
    await release.kubectl('delete', 'pod', '--all', '--namespace', release.namespace, '--now');
  }, 30_000);

  test('leaves room in its Secret, of which the API server takes no more than 1 MiB', async () => {
    const secret = await release.kubectl('get', 'secret', '-n', release.namespace, '-l', 'owner=helm', '-o', 'json');
    expect(secret.length).toBeLessThan(512 * 1024);
  });
});

describe('upgraded', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-chart-'));
  });

  afterEach(async () => {
    await release.uninstall();
    await release.kubectl('delete', 'crd', '--all');
    await rm(folder, { recursive: true });
  }, 60_000);

  test('has new definitions, too', async () => {
    const older = join(folder, 'assay');
    await cp(chart, older, { recursive: true });
    const file = join(older, 'templates/crds/assay.dev_benchmarks.yaml');
    await writeFile(file, (await readFile(file, 'utf8')).replace('- bm\n', '- old\n'));
    await release.install({}, [], older);
    expect(await shortNames()).toBe('["old"]');
    await release.upgrade();
    expect(await shortNames()).toBe('["bm"]');
  }, 60_000);

  test('from all namespaces to some has lost its rights on the cluster', async () => {
    await release.install();
    await release.upgrade({ namespaces: ['default'], operator: { replicas: 2 }, policy: { hostNetwork: true } });
    const rights = (await release.everything()).filter((object) => /^(Cluster)?Role\S* .*assay/.test(object));
    expect(rights).toEqual([
      'Role assay-system/assay-operator-lease',
      'Role default/assay-edit',
      'Role default/assay-operator',
      'Role default/assay-view',
      'RoleBinding assay-system/assay-operator-lease',
      'RoleBinding default/assay-operator',
    ]);
  }, 60_000);

  test('from a packed chart is what the folder gives', async () => {
    await helm(['package', chart, '--destination', folder]);
    const { version } = JSON.parse(await readFile(join(import.meta.dirname, '../../package.json'), 'utf8')) as { version: string };
    await release.install({}, [], join(folder, `assay-${version}.tgz`));
    const packed = await helm(['get', 'manifest', release.name, '--namespace', release.namespace], cluster.controlPlane);
    await release.upgrade();
    expect(await helm(['get', 'manifest', release.name, '--namespace', release.namespace], cluster.controlPlane)).toBe(packed);
  }, 60_000);
});

describe('taken away', () => {
  test('leaves its definitions and what users made of them, and takes them up again', async () => {
    await release.install(values);
    await release.kubectl('wait', 'crd', '--all', '--for=condition=Established', '--timeout=20s');
    await release.kubectl('create', '-f', join(import.meta.dirname, '../../examples/sleep.yaml'));
    await release.uninstall();
    await untilOnly(['Benchmark default/nap', ...definitions]);
    await release.install();
    await release.uninstall();
    await untilOnly(['Benchmark default/nap', ...definitions]);
    await release.kubectl('delete', 'crd', '--all');
    await untilOnly([]);
  }, 90_000);

  test('leaves nothing at all where definitions are not to be kept', async () => {
    await release.install({ ...values, crds: { keep: false } });
    await release.uninstall();
    await untilOnly([]);
  }, 60_000);
});

test('definitions that kubectl has applied before are refused, and taken over when that is said', async () => {
  await release.kubectl('apply', '--server-side', '-f', join(import.meta.dirname, '../../crds'));
  await expect(release.install()).rejects.toThrow('"benchmarks.assay.dev" in namespace "" exists and cannot be imported');
  await release.install({}, ['--take-ownership']);
  await release.uninstall();
  await release.kubectl('delete', 'crd', '--all');
}, 60_000);
