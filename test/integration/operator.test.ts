// The operator as it is installed: a process with a kubeconfig, least rights, signals and a lease, on a real API server.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Benchmark, BenchmarkSetSpec, BenchmarkSpec } from '../../operator/api/types.ts';
import type { Lease } from '../../operator/kube/lease.ts';
import { leases } from '../../operator/kube/object.ts';
import { operatorUser, TestCluster } from './cluster.ts';
import type { TestNamespace } from './namespace.ts';
import { OperatorProcess } from './operator-process.ts';
import { text } from './requests.ts';
import { until } from './until.ts';

let cluster: TestCluster;
let kubeconfig: string;
const running: OperatorProcess[] = [];

beforeAll(async () => {
  cluster = await TestCluster.start();
  await cluster.startKubelet();
  ({ kubeconfig } = await cluster.controlPlane.user(operatorUser));
}, 120_000);

afterAll(() => cluster.stop(), 30_000);

async function started(...flags: string[]): Promise<OperatorProcess> {
  const operator = await OperatorProcess.start(kubeconfig, flags.length > 0 ? flags : undefined);
  running.push(operator);
  return operator;
}

async function killAll(): Promise<void> {
  for (const operator of running.splice(0)) await operator.kill();
}

const sleepYaml = readFileSync(join(import.meta.dirname, '../../examples/sleep.yaml'), 'utf8');

/** Members of one second each, one after the other. */
const sweep = (repetitions: number): BenchmarkSetSpec => ({
  template: { spec: { sleep: { duration: '1s' } } },
  matrix: { product: { 'sleep.duration': ['1s', '1100ms'] } },
  repetitions,
});

function measured({ status }: Benchmark): number {
  return status?.metrics?.find(({ name }) => name === 'measuredTime')?.value ?? Number.NaN;
}

/** Names of the pods that the operator created, sorted. */
async function createdPods(space: TestNamespace): Promise<string[]> {
  const creations = (await space.writes()).filter(
    ({ verb, object, code }) => verb === 'create' && object.startsWith('pods/') && code === 201,
  );
  return creations.map(({ object }) => object.replace('pods/', '')).toSorted();
}

describe('one process', () => {
  let operator: OperatorProcess;

  beforeAll(async () => {
    operator = await started();
  }, 60_000);

  afterAll(killAll);

  test('a sleep Benchmark that kubectl applied ends with figures, window and attempts', async () => {
    const space = await cluster.namespace();
    await space.kubectl(['apply', '-f', '-'], sleepYaml);
    await space.kubectl(['wait', 'bm', '--all', '--for=condition=Complete', '--timeout=30s']);
    const [nap] = await space.benchmarks();
    const { name = '' } = nap?.metadata ?? {};
    expect(nap?.status).toMatchObject({
      phase: 'Succeeded',
      workload: 'sleep',
      metrics: expect.arrayContaining([expect.objectContaining({ name: 'measuredTime', unit: 's' })]),
      attempts: [{ index: 0, outcome: 'Succeeded', pods: [{ name: `${name}-sleeper-0`, node: expect.stringMatching(/^local-/) }] }],
      resultsRef: { kind: 'ConfigMap', name: `${name}-results` },
    });
    const { startedAt = '', finishedAt = '' } = nap?.status?.window ?? {};
    expect(Date.parse(finishedAt) - Date.parse(startedAt)).toBeGreaterThanOrEqual(990);
  }, 60_000);

  test('kubectl prints workload, phase and summary of what ran', async () => {
    const space = await cluster.namespace();
    await space.create('nap', { sleep: { duration: '1s' } });
    await space.untilPhase('nap', 'Succeeded');
    const [, row = ''] = (await space.kubectl(['get', 'bm'])).split('\n');
    expect(row).toMatch(/^nap +sleep +Succeeded +1\.\d+ s +\S+/);
  }, 30_000);

  test('an iperf pair gives a bandwidth that agrees with the bytes it moved', async () => {
    const space = await cluster.namespace();
    await space.create('net', { iperf: { duration: '2s', bitrate: '800M' } });
    const { status } = await space.untilPhase('net', 'Succeeded');
    const figures = new Map(status?.metrics?.map(({ name, value, unit }) => [name, { value, unit }]));
    const { value: bytes = 0 } = figures.get('transferred') ?? {};
    const { value: bandwidth = 0, unit } = figures.get('bandwidth') ?? {};
    expect(unit).toBe('bit/s');
    // Bytes taken for bits would be eight times off; a loaded machine may still miss the rate by some.
    expect(bandwidth).toBeGreaterThan(200e6);
    expect(bandwidth).toBeLessThan(1200e6);
    expect((bytes * 8) / 2 / bandwidth).toBeCloseTo(1, 0);
    expect(status?.attempts?.[0]?.pods.map(({ role, node }) => [role, node]).toSorted()).toEqual([
      ['client', expect.any(String)],
      ['server', expect.any(String)],
    ]);
    expect(new Set(status?.attempts?.[0]?.pods.map(({ node }) => node)).size).toBe(2);
  }, 60_000);

  test.each<[string, BenchmarkSpec]>([
    ['sleep', { sleep: { duration: '100ms' } }],
    ['cpusoaker', { cpusoaker: { duration: '200ms' } }],
    ['iperf', { iperf: { duration: '1s' } }],
    ['fio', { fio: { rw: 'read', size: '1Mi', runtime: '1s', volume: { emptyDir: {} } } }],
  ])(
    '%s runs where the restricted pod security standard is enforced',
    async (_, spec) => {
      const space = await cluster.namespace({ 'pod-security.kubernetes.io/enforce': 'restricted' });
      await space.create('run', spec);
      expect((await space.untilPhase('run', 'Succeeded')).status?.metrics?.length).toBeGreaterThan(0);
    },
    60_000,
  );

  test("a set's results are those of its members", async () => {
    const space = await cluster.namespace();
    await space.createSet('naps', sweep(2));
    const { status } = await space.untilSetPhase('naps', 'Succeeded', 60_000);
    expect(status).toMatchObject({ progress: '4/4', members: { total: 4, succeeded: 4 }, cells: { total: 2, decided: 2 } });
    const members = await space.benchmarks();
    const { cells } = await space.summary('naps-results');
    for (const { index, metrics } of cells) {
      const values = members.filter(({ metadata }) => metadata.labels?.['assay.dev/cell'] === String(index)).map(measured);
      expect(metrics['measuredTime']).toMatchObject({ n: 2, min: Math.min(...values), max: Math.max(...values) });
    }
    expect(cells.map(({ coordinates }) => coordinates)).toEqual([{ 'sleep.duration': '1s' }, { 'sleep.duration': '1100ms' }]);
  }, 90_000);

  test('is healthy and counts its requests', async () => {
    expect((await operator.ask('/readyz')).status).toBe(200);
    expect((await operator.ask('/healthz')).status).toBe(200);
    expect((await operator.ask('/metrics')).text).toMatch(/^assay_\w*requests_total\{.*verb="create".*resource="pods".*\} [1-9]/m);
  });
});

describe('a process that goes', () => {
  afterEach(killAll);

  test('KP-39 SIGKILL in the middle of a set costs no member and repeats none', async () => {
    const space = await cluster.namespace();
    const first = await started();
    await space.createSet('naps', sweep(3));
    await until('two members ended', async () => ((await space.set('naps')).status?.members?.succeeded ?? 0) >= 2 || undefined);
    first.signal('SIGKILL');
    await first.ended();
    await started();
    await space.untilSetPhase('naps', 'Succeeded', 60_000);
    const members = (await space.benchmarks()).map(({ metadata }) => metadata.name).toSorted();
    expect(members).toHaveLength(6);
    expect(await createdPods(space)).toEqual(members.map((name) => `${name}-sleeper-0`));
  }, 120_000);

  test('SIGTERM in the middle of a run ends with exit code 0, and the run goes on without it', async () => {
    const space = await cluster.namespace();
    const first = await started();
    await space.create('nap', { sleep: { duration: '3s' } });
    await space.untilPod('a running pod', ({ status }) => status?.phase === 'Running');
    first.signal('SIGTERM');
    expect(await first.ended(15_000)).toBe('code 0');
    await started();
    await space.untilPhase('nap', 'Succeeded');
    expect(await createdPods(space)).toEqual(['nap-sleeper-0']);
  }, 60_000);

  test('a leader that is told to stop gives the lease back', async () => {
    const space = await cluster.namespace();
    const leader = await started('--leader-namespace=default', `--namespaces=${space.name}`);
    await leader.untilLogged('leading');
    leader.signal('SIGTERM');
    await leader.ended(15_000);
    const lease = await cluster.client.get<Lease>(leases, { name: 'assay-operator', namespace: 'default' });
    expect(lease.spec.holderIdentity ?? '').toBe('');
  }, 90_000);

  test('KP-39 another process takes over when the leader is killed, and only then', async () => {
    const space = await cluster.namespace();
    const flags = ['--leader-namespace=default', `--namespaces=${space.name}`];
    const leader = await started(...flags);
    await leader.untilLogged('leading');
    const standby = await started(...flags);
    await space.create('before', { sleep: { duration: '1s' } });
    await space.untilPhase('before', 'Succeeded');
    expect(await standby.hasLogged('leading')).toBe(false);
    leader.signal('SIGKILL');
    await leader.ended();
    await space.create('after', { sleep: { duration: '1s' } });
    // The lease is held for 15 s after its last renewal.
    await space.untilPhase('after', 'Succeeded', 40_000);
    expect(await standby.hasLogged('leading')).toBe(true);
  }, 90_000);
});

test('no right was missing', async () => {
  expect((await cluster.missingRights()).map(text)).toEqual([]);
});
