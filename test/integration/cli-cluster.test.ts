import { execFile } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Benchmark } from '../../operator/api/types.ts';
import { benchmarks } from '../../operator/kube/object.ts';
import { Assay, nap, root } from './assay.ts';
import { TestCluster } from './cluster.ts';
import type { TestNamespace } from './namespace.ts';

// The command line in a process of its own, against a real API server, with operator and kubelet in this process.

const assay = new Assay();
let cluster: TestCluster;
let namespace: TestNamespace;
let access: string[];

beforeAll(async () => {
  cluster = await TestCluster.start();
  await cluster.startKubelet();
  await cluster.startOperator();
  namespace = await cluster.namespace();
  access = ['--kubeconfig', cluster.controlPlane.kubeconfig, '-n', namespace.name];
}, 120_000);

afterAll(async () => {
  await cluster?.stop();
  assay.remove();
}, 60_000);

const impossible = { placement: { nodeSelector: { disk: 'none' } } };

describe('a Benchmark and a set', () => {
  const file = assay.file('both.yaml', nap('10ms', 'single'), {
    apiVersion: 'assay.dev/v1alpha1',
    kind: 'BenchmarkSet',
    metadata: { name: 'several' },
    spec: { template: { spec: {} }, matrix: { product: { 'sleep.duration': ['10ms', '20ms'] } }, repetitions: 2 },
  });

  test('run to their end in the cluster, which is named', async () => {
    const { code, stdout, stderr } = await assay.run(['run', file, ...access, '-o', 'json']);
    const reports = JSON.parse(stdout || '[]') as { name: string; runs: { counted: number } }[];
    expect({ code, counted: reports.map(({ name, runs }) => [name, runs.counted]), first: stderr.split('\n')[0] }).toEqual({
      code: 0,
      counted: [
        ['single', 1],
        ['several', 4],
      ],
      first: `cluster ${cluster.controlPlane.server}, namespace ${namespace.name}`,
    });
  }, 60_000);

  test('are not run again, which is said', async () => {
    const { code, stderr } = await assay.run(['run', file, ...access]);
    expect([code, stderr]).toEqual([0, expect.stringContaining('Benchmark single ran before with the same spec (Succeeded')]);
  }, 30_000);

  test('another spec under the same name is refused, with what to do', async () => {
    const { code, stderr } = await assay.run(['run', assay.file('other.yaml', nap('11ms', 'single')), ...access]);
    expect([code, stderr]).toEqual([1, expect.stringContaining('If Benchmark single exists with another spec, delete it')]);
  }, 30_000);

  test.each([
    ['single', 'Benchmark single: Succeeded, 1 of 1 run counted'],
    ['several', 'BenchmarkSet several: Succeeded, 4 of 4 runs counted'],
  ])(
    'results %s',
    async (name, title) => {
      expect((await assay.run(['results', name, ...access])).stdout.split('\n')[0]).toBe(title);
    },
    30_000,
  );

  test.each([
    [[], ['kind', 'BenchmarkSet', 'Benchmark']],
    [['-A'], ['namespace', 'test-1']],
  ])(
    'results without a name %s lists them, without members of sets',
    async (more, firstColumn) => {
      const { stdout } = await assay.run(['results', ...access, ...more]);
      const column = stdout
        .trim()
        .split('\n')
        .map((line) => line.split(/ +/)[0]);
      expect(new Set(column)).toEqual(new Set(firstColumn));
    },
    30_000,
  );

  test('why says that all is well', async () => {
    expect((await assay.run(['why', 'several', ...access])).stdout).toMatch(/^BenchmarkSet several: Succeeded\nFinished: 2 of 2 cells/);
  }, 30_000);
});

describe('what does not go well', () => {
  test('a benchmark that no node can take fails with exit code 2 and the reason', async () => {
    const file = assay.file('nowhere.yaml', nap('10ms', 'nowhere', { ...impossible, timeouts: { pending: '2s' } }));
    const { code, stderr } = await assay.run(['run', file, ...access]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('Benchmark nowhere failed: Unschedulable: not running after 2s')]);
  }, 60_000);

  test('why quotes the scheduler', async () => {
    const { stdout } = await assay.run(['why', 'nowhere', ...access]);
    expect(stdout).toContain("2 node(s) didn't match Pod's node affinity/selector");
  }, 30_000);

  test.each([
    ['results', 'missing has no results in namespace test-1; assay why missing says how it stands\n'],
    ['why', 'there is no Benchmark and no BenchmarkSet missing in namespace test-1; -n names another one\n'],
  ])(
    '%s of what is not there',
    async (command, message) => {
      const { code, stderr } = await assay.run([command, 'missing', ...access]);
      expect([code, stderr]).toEqual([1, message]);
    },
    30_000,
  );

  test('a namespace that is not there', async () => {
    const file = assay.file('lost.yaml', nap('10ms', 'lost'));
    const { code, stderr } = await assay.run(['run', file, '--kubeconfig', cluster.controlPlane.kubeconfig, '-n', 'lost']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('namespaces "lost" not found')]);
  }, 30_000);

  test('Ctrl-C cancels in the cluster, and the operator cleans up', async () => {
    const run = assay.start(['run', assay.file('long.yaml', nap('300s', 'long')), ...access]);
    await run.said('long  Running');
    run.child.kill('SIGINT');
    const { code } = await run.ended;
    const { status } = await cluster.client.get<Benchmark>(benchmarks, { name: 'long', namespace: namespace.name });
    expect([code, status?.phase]).toEqual([2, 'Cancelled']);
  }, 60_000);

  test('one that is deleted meanwhile is no success', async () => {
    const run = assay.start(['run', assay.file('gone.yaml', nap('300s', 'gone')), ...access]);
    await run.said('gone  Running');
    await cluster.client.delete(benchmarks, { name: 'gone', namespace: namespace.name });
    const { code, stderr } = await run.ended;
    expect([code, stderr]).toEqual([2, expect.stringContaining('Benchmark gone was deleted before its end')]);
  }, 60_000);
});

test('kubectl finds it as a plug-in', async () => {
  symlinkSync(join(root, 'cli/assay.js'), assay.path('kubectl-assay'));
  const PATH = [assay.path('.'), process.env['PATH'] ?? ''].join(delimiter);
  const { stdout } = await promisify(execFile)(cluster.controlPlane.kubectl, ['assay', 'why', 'single', ...access], {
    env: { PATH, HOME: assay.path('.') },
  });
  expect(stdout).toContain('Benchmark single: Succeeded');
}, 30_000);
