import { afterEach, describe, expect, test } from '@jest/globals';
import type { BenchmarkSet, BenchmarkSetSpec } from '../../operator/api/types.ts';
import { benchmarks, benchmarkSets, configMaps } from '../../operator/kube/object.ts';
import type { KubeObject } from '../../operator/kube/object.ts';
import type { ApiRequest } from '../../operator/kube/transport.ts';
import { readResults } from '../../operator/results/read.ts';
import type { MemoryApi } from '../../local/api/memory-api.ts';
import { Simulation } from './simulation.ts';
import type { Script } from './simulation.ts';

const running: Simulation[] = [];
afterEach(async () => {
  for (const simulation of running.splice(0)) {
    await simulation.stop();
    await simulation.api.close();
  }
});

async function started(script?: Script, api?: MemoryApi): Promise<Simulation> {
  const simulation = new Simulation(script, api);
  running.push(simulation);
  await simulation.start();
  return simulation;
}

/** A set of one-second naps: `cells` durations, `repetitions` times. */
const naps = (cells: number, repetitions: number, more: Partial<BenchmarkSetSpec> = {}): BenchmarkSetSpec => ({
  template: { spec: { sleep: { duration: '1s' } } },
  matrix: { product: { 'sleep.duration': Array.from({ length: cells }, (_, index) => `${index + 1}ms`) } },
  repetitions,
  ...more,
});
const isOver = ({ status }: BenchmarkSet) => status?.finishedAt !== undefined;
const count = (requests: readonly string[], request: string) => requests.filter((one) => one === request).length;
const patchSet = (sim: Simulation, spec: object) =>
  sim.client.patch<KubeObject>(benchmarkSets, { name: 'net', namespace: 'default' }, { spec }, { type: 'merge' });

describe('1,000 members', () => {
  test('KP-16 run once each, never more than parallelism at once, with few writes', async () => {
    const sim = await started();
    const start = performance.now();
    await sim.create('net', naps(100, 10, { parallelism: 50 }));
    const set = await sim.until('net', isOver);
    const seconds = (performance.now() - start) / 1000;

    expect(set.status).toMatchObject({
      phase: 'Succeeded',
      members: { total: 1000, succeeded: 1000 },
      cells: { total: 100, decided: 100 },
    });
    expect(new Set(sim.created).size).toBe(1000);
    expect(sim.created).toHaveLength(1000);
    expect(sim.mostActive).toBeLessThanOrEqual(50);
    expect(count(sim.requests, 'POST benchmarks')).toBe(1000);
    // The first, the last, and progress once a second at most.
    expect(count(sim.requests, 'PUT benchmarksets/status')).toBeLessThanOrEqual(2 + Math.ceil(seconds));
    expect(sim.requests).toHaveLength(1000 + count(sim.requests, 'PUT benchmarksets/status') + 2);
    const summary = JSON.parse(readResults(await sim.results('net'))['summary.json'] ?? '');
    expect(summary.runs).toEqual({ planned: 1000, counted: 1000, warmup: 0, failed: 0, cancelled: 0, retried: 0 });
  }, 60_000);
});

describe('a set', () => {
  test('KP-41 of 4 cells x 3 repetitions gives figures made by hand', async () => {
    // The script measures the digits of the name: cell and repetition, 00 01 02 for the first cell.
    const sim = await started();
    await sim.create('net', naps(4, 3));
    await sim.until('net', isOver);
    const { cells } = JSON.parse(readResults(await sim.results('net'))['summary.json'] ?? '');
    const figures = cells.map(({ metrics }: { metrics: Record<string, object> }) => metrics.measuredTime);
    expect(figures).toEqual(
      [1, 11, 21, 31].map((middle) => ({
        unit: 's',
        better: 'None',
        n: 3,
        median: middle,
        mean: middle,
        stdev: 1,
        min: middle - 1,
        max: middle + 1,
      })),
    );
  });

  test('KP-15 is created in the order of its plan', async () => {
    const sim = await started();
    await sim.create('net', naps(2, 2, { order: 'Sequential' }));
    await sim.until('net', isOver);
    expect(sim.created).toEqual(['net-0-0', 'net-0-1', 'net-1-0', 'net-1-1']);
  });

  test('KP-14 with a bad cell starts nothing and names path, value and cell', async () => {
    const sim = await started();
    await sim.create('net', naps(1, 1, { matrix: { explicit: [{ 'sleep.duration': '1s' }, { 'sleep.duration': 'soon' }] } }));
    const { status } = await sim.until('net', (set) => set.status?.phase === 'Failed');
    const accepted = status?.conditions?.find(({ type }) => type === 'Accepted');
    expect(accepted).toMatchObject({ status: 'False', reason: 'InvalidSpec' });
    expect(accepted?.message).toMatch(/spec\.matrix\.explicit\[1\].*"soon".*cell 1/);
    expect(sim.created).toEqual([]);
  });

  test('stops over its budget, and what still runs is cancelled', async () => {
    const sim = await started((name) => (name === 'net-0-0' ? 'Failed' : undefined));
    await sim.create('net', naps(6, 1, { parallelism: 3, failureBudget: '0%', order: 'Sequential' }));
    const { status } = await sim.until('net', isOver);
    expect(status).toMatchObject({ phase: 'Failed', members: { total: 6, pending: 0, running: 0, succeeded: 0, failed: 1, cancelled: 5 } });
    expect(sim.created).toHaveLength(3);
  });

  test('that is cancelled ends with what it has', async () => {
    const sim = await started((name) => (name === 'net-0-0' ? 'Succeeded' : undefined));
    await sim.create('net', naps(3, 1, { order: 'Sequential' }));
    await sim.until('net', ({ status }) => status?.members?.succeeded === 1);
    await patchSet(sim, { cancel: true });
    const { status } = await sim.until('net', isOver);
    expect(status).toMatchObject({ phase: 'Cancelled', members: { succeeded: 1, cancelled: 2 } });
    const summary = JSON.parse(readResults(await sim.results('net'))['summary.json'] ?? '');
    expect(summary.runs).toMatchObject({ planned: 3, counted: 1, cancelled: 2 });
  });

  test('that is suspended suspends its members, and goes on when it is resumed', async () => {
    let hold = true;
    const sim = await started(() => (hold ? undefined : 'Succeeded'));
    await sim.create('net', naps(3, 1));
    await sim.until('net', ({ status }) => status?.phase === 'Running');
    await patchSet(sim, { suspend: true });
    await sim.until('net', ({ status }) => status?.phase === 'Suspended');
    const member = sim.created[0] ?? '';
    expect(sim.benchmarks.get(`default/${member}`)?.spec.suspend).toBe(true);
    expect(sim.created).toHaveLength(1);

    hold = false;
    await patchSet(sim, { suspend: false });
    expect((await sim.until('net', isOver)).status).toMatchObject({ phase: 'Succeeded', members: { succeeded: 3 } });
  });

  test('makes a member again that was deleted while it ran', async () => {
    let hold = true;
    const sim = await started(() => (hold ? undefined : 'Succeeded'));
    await sim.create('net', naps(1, 1));
    await sim.until('net', ({ status }) => status?.phase === 'Running');
    hold = false;
    await sim.client.delete(benchmarks, { name: 'net-0-0', namespace: 'default' });
    expect((await sim.until('net', isOver)).status?.members).toMatchObject({ total: 1, succeeded: 1 });
    expect(sim.created).toEqual(['net-0-0', 'net-0-0']);
  });

  test('leaves its members to the API server when it is deleted', async () => {
    const sim = await started(() => undefined);
    await sim.create('net', naps(2, 1));
    await sim.until('net', ({ status }) => status?.phase === 'Running');
    await sim.client.delete(benchmarkSets, { name: 'net', namespace: 'default' });
    const gone = async (): Promise<number> => (await sim.client.list(benchmarks, { namespace: 'default' })).items.length;
    for (let look = 0; look < 100 && (await gone()) > 0; look++) await new Promise((resolve) => void setTimeout(resolve, 10));
    expect(await gone()).toBe(0);
  });
});

const foreign = (kind: 'Benchmark' | 'ConfigMap', name: string): KubeObject => ({
  apiVersion: kind === 'Benchmark' ? 'assay.dev/v1alpha1' : 'v1',
  kind,
  metadata: { name, namespace: 'default' },
  ...(kind === 'Benchmark' ? { spec: { sleep: { duration: '9s' } } } : { data: { mine: 'yes' } }),
});

describe('names that are taken', () => {
  test('a user’s Benchmark of a member’s name is left alone', async () => {
    const sim = await started((name) => (name === 'net-1-0' ? undefined : 'Succeeded'));
    await sim.client.create(benchmarks, foreign('Benchmark', 'net-1-0'));
    await sim.create('net', naps(2, 1));
    const { status } = await sim.until('net', isOver);
    expect(status?.conditions?.find(({ type }) => type === 'Failed')).toMatchObject({ status: 'True', reason: 'NameConflict' });
    expect(sim.benchmarks.get('default/net-1-0')?.spec).toMatchObject({ sleep: { duration: '9s' } });
  });

  test('retained results of an earlier set are left alone, and noticed before the first run', async () => {
    const sim = await started();
    await sim.client.create(configMaps, foreign('ConfigMap', 'net-results'));
    await sim.create('net', naps(2, 1));
    const { status } = await sim.until('net', isOver);
    expect(status?.summary).toContain('ConfigMap default/net-results exists');
    expect(sim.created).toEqual([]);
    const kept = await sim.client.get<KubeObject & { data: unknown }>(configMaps, { name: 'net-results', namespace: 'default' });
    expect(kept.data).toEqual({ mine: 'yes' });
  });
});

const isCreate = ({ method, path }: ApiRequest) => method === 'POST' && path.endsWith('/benchmarks');

describe('faults', () => {
  test('a member whose creation was not confirmed is not made twice', async () => {
    const sim = await started();
    const lost = new Set<string>();
    sim.fault = (request, reply) => {
      const text = JSON.stringify(request.body ?? '');
      if (!isCreate(request) || lost.has(text)) return reply;
      lost.add(text);
      throw new Error('connection reset');
    };
    await sim.create('net', naps(3, 1, { parallelism: 3 }));
    expect((await sim.until('net', isOver)).status?.members).toMatchObject({ total: 3, succeeded: 3 });
    expect(sim.created).toHaveLength(3);
    expect(lost.size).toBe(3);
  });

  test('a quota that refuses a member ends the set with the server’s words', async () => {
    const sim = await started();
    await sim.create('net', naps(3, 1));
    const said = 'benchmarks.assay.dev "net-1-0" is forbidden: exceeded quota: count, requested: 1, used: 1, limited: 1';
    sim.fault = (request, reply) => {
      if (!isCreate(request)) return reply;
      return { status: 403, headers: {}, body: { kind: 'Status', status: 'Failure', reason: 'Forbidden', message: said, code: 403 } };
    };
    const { status } = await sim.until('net', isOver);
    expect(status?.conditions?.find(({ type }) => type === 'Failed')).toMatchObject({ reason: 'QuotaExceeded' });
    expect(status?.summary).toContain('exceeded quota');
  });

  test('another operator goes on where the first one stopped: same order, nothing twice', async () => {
    const first = await started((name) => (name.startsWith('net-0') ? 'Succeeded' : undefined));
    await first.create('net', naps(4, 2, { order: 'Sequential', parallelism: 2 }));
    await first.until('net', () => first.created.length === 4);
    await first.stop();

    const second = await started(undefined, first.api);
    for (const name of first.created.slice(2)) {
      const member = second.benchmarks.get(`default/${name}`);
      await second.client.patch<KubeObject>(
        benchmarks,
        { name, namespace: 'default' },
        { metadata: { annotations: { seen: String(member?.metadata.uid) } } },
        { type: 'merge' },
      );
    }
    const { status } = await second.until('net', isOver);
    expect(status?.members).toMatchObject({ total: 8, succeeded: 8 });
    expect([...first.created, ...second.created]).toEqual(
      ['0-0', '0-1', '1-0', '1-1', '2-0', '2-1', '3-0', '3-1'].map((run) => `net-${run}`),
    );
  });
});
