// Suspend, cancel, delete, retry, clean up and share: what a user does with a run on a real API server, controllers included.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Benchmark, BenchmarkSetSpec, BenchmarkSpec } from '../../operator/api/types.ts';
import { TestCluster } from './cluster.ts';
import type { TestNamespace } from './namespace.ts';
import { text } from './requests.ts';
import { until } from './until.ts';

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await TestCluster.start({ controllers: true });
  await cluster.startKubelet();
  await cluster.startOperator();
}, 120_000);

afterAll(() => cluster.stop(), 30_000);

const nap = (duration = '1s', more: BenchmarkSpec = {}): BenchmarkSpec => ({ sleep: { duration }, ...more });
const naps = (duration: string, more: Partial<BenchmarkSetSpec> = {}): BenchmarkSetSpec => ({
  template: { spec: nap(duration, { placement: { exclusive: 'None' } }) },
  repetitions: 4,
  parallelism: 2,
  ...more,
});
const isRunning = ({ status }: { status?: { phase?: string } }) => status?.phase === 'Running';

function outcomes({ status }: Benchmark): (string | undefined)[] {
  return (status?.attempts ?? []).map(({ outcome }) => outcome);
}

/** A Benchmark whose pod runs. */
async function running(spec: BenchmarkSpec): Promise<TestNamespace> {
  const space = await cluster.namespace();
  await space.create('nap', spec);
  await space.untilPod('a running pod', isRunning);
  return space;
}

describe('suspend and cancel', () => {
  test('a suspended run gives its pods back and goes on as a new attempt', async () => {
    const space = await running(nap('2s'));
    await space.patch('nap', { suspend: true });
    await space.untilPhase('nap', 'Suspended');
    await space.untilNoPods();
    await space.patch('nap', { suspend: false });
    expect(outcomes(await space.untilPhase('nap', 'Succeeded'))).toEqual(['Suspended', 'Succeeded']);
  }, 60_000);

  test('a Benchmark that is created suspended starts no pod until it is resumed', async () => {
    const space = await cluster.namespace();
    await space.create('nap', nap('1s', { suspend: true }));
    await space.untilPhase('nap', 'Suspended');
    const before = await space.writes();
    await space.patch('nap', { suspend: false });
    await space.untilPhase('nap', 'Succeeded');
    expect(before.filter(({ object }) => object.startsWith('pods/'))).toEqual([]);
  }, 60_000);

  test('KP-32 a cancelled run ends as Cancelled and leaves no pods', async () => {
    const space = await running(nap('1m'));
    await space.patch('nap', { cancel: true });
    expect(outcomes(await space.untilPhase('nap', 'Cancelled'))).toEqual(['Cancelled']);
    await space.untilNoPods();
  }, 60_000);

  test('KP-40 a suspended set starts nothing more, and ends whole when it is resumed', async () => {
    const space = await cluster.namespace();
    await space.createSet('naps', naps('1s'));
    await space.untilPod('a running pod', isRunning);
    await space.patchSet('naps', { suspend: true });
    await space.untilSetPhase('naps', 'Suspended');
    await space.untilNoPods();
    await space.patchSet('naps', { suspend: false });
    const { status } = await space.untilSetPhase('naps', 'Succeeded');
    expect(status?.members).toMatchObject({ total: 4, succeeded: 4 });
  }, 60_000);

  test('KP-40 a cancelled set cancels its members and keeps the results of those that ended', async () => {
    const space = await cluster.namespace();
    await space.createSet('naps', naps('1s', { parallelism: 1 }));
    await until('a member ended', async () => ((await space.set('naps')).status?.members?.succeeded ?? 0) >= 1 || undefined);
    await space.patchSet('naps', { cancel: true });
    const { status } = await space.untilSetPhase('naps', 'Cancelled');
    const { runs } = await space.summary('naps-results');
    expect({ counted: runs.counted, cancelled: runs.cancelled }).toEqual({
      counted: status?.members?.succeeded,
      cancelled: status?.members?.cancelled,
    });
    await space.untilNoPods();
  }, 60_000);
});

describe('deletion', () => {
  test('KP-32 a deleted set takes its members, their pods and its results along', async () => {
    const space = await cluster.namespace();
    await space.createSet('naps', naps('1m'));
    await until('two pods', async () => (await space.pods()).filter(isRunning).length === 2 || undefined);
    await space.deleteSet('naps');
    await space.untilNoPods(60_000);
    expect(await space.benchmarks()).toEqual([]);
  }, 90_000);

  test('the results of a deleted set go with it unless they are to be retained', async () => {
    const space = await cluster.namespace();
    await space.createSet('gone', naps('100ms', { repetitions: 1 }));
    await space.createSet('kept', naps('100ms', { repetitions: 1, results: { retain: true } }));
    for (const name of ['gone', 'kept']) {
      await space.untilSetPhase(name, 'Succeeded');
      await space.deleteSet(name);
    }
    const exists = (name: string) => space.exists(() => space.configMap(`${name}-results`));
    await until('the results of the one gone', async () => !(await exists('gone')) || undefined, 60_000);
    expect(await exists('kept')).toBe(true);
  }, 90_000);
});

describe('retries', () => {
  test('KP-31 a failed run is tried again as an attempt with its own record, and its pods are apart', async () => {
    const space = await cluster.namespace();
    await space.create('nap', nap('1s', { retries: 2, pod: { env: [{ name: 'PATH', value: '/nowhere' }] } }));
    const { status } = await space.untilPhase('nap', 'Failed');
    expect(status?.attempts?.map(({ index, reason, pods }) => [index, reason, pods.map(({ name }) => name)])).toEqual([
      [0, 'ToolMissing', ['nap-sleeper-0']],
      [1, 'ToolMissing', ['nap-sleeper-0-a1']],
      [2, 'ToolMissing', ['nap-sleeper-0-a2']],
    ]);
  }, 60_000);

  test('a run whose first attempt was disturbed counts with the second alone', async () => {
    const space = await running(nap('2s', { retries: 1 }));
    await space.deletePod('nap-sleeper-0', 0);
    const retried = await space.untilPhase('nap', 'Succeeded');
    const { startedAt = '' } = retried.status?.attempts?.[1] ?? {};
    expect(outcomes(retried)).toEqual(['Failed', 'Succeeded']);
    expect(Date.parse(retried.status?.window?.startedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(startedAt));
  }, 60_000);
});

describe('cleanup', () => {
  const failing: BenchmarkSpec = { pod: { env: [{ name: 'PATH', value: '/nowhere' }] } };

  test.each<[string, BenchmarkSpec, 'Succeeded' | 'Failed', number]>([
    ['Always', {}, 'Succeeded', 0],
    ['Always', failing, 'Failed', 0],
    ['OnSuccess', {}, 'Succeeded', 0],
    ['OnSuccess', failing, 'Failed', 1],
    ['Never', {}, 'Succeeded', 1],
  ])(
    'KP-32 %s of a run that %j ends as %s',
    async (pods, more, phase, left) => {
      const space = await cluster.namespace();
      await space.create('nap', nap('100ms', { ...more, cleanup: { pods: pods as 'Always' } }));
      await space.untilPhase('nap', phase);
      // Deletions come with the pass after the end.
      await (left === 0 ? space.untilNoPods() : pause(1000));
      expect((await space.pods()).length).toBe(left);
    },
    60_000,
  );

  test('pods stay for ttlAfterFinished', async () => {
    const space = await cluster.namespace();
    await space.create('nap', nap('100ms', { cleanup: { ttlAfterFinished: '3s' } }));
    const { status } = await space.untilPhase('nap', 'Succeeded');
    const ended = Date.parse(status?.attempts?.[0]?.finishedAt ?? '');
    await space.untilNoPods();
    expect(Date.now() - ended).toBeGreaterThanOrEqual(2000);
  }, 60_000);
});

/** Whether the tools of two Benchmarks, started together, ran at the same time, by their windows. */
async function overlap(spaces: [TestNamespace, TestNamespace], exclusive: 'None' | 'Namespace' | 'Cluster'): Promise<boolean> {
  const names = ['a', 'b'] as const;
  const spec = nap('2s', { placement: { exclusive } });
  await Promise.all(spaces.map((space, index) => space.create(names[index] ?? '', spec)));
  const ended = await Promise.all(spaces.map((space, index) => space.untilPhase(names[index] ?? '', 'Succeeded')));
  const [a, b] = ended.map(({ status }) => status?.window ?? { startedAt: '', finishedAt: '' });
  return a !== undefined && b !== undefined && a.startedAt < b.finishedAt && b.startedAt < a.finishedAt;
}

describe('exclusive scopes', () => {
  test.each<['None' | 'Namespace' | 'Cluster', 'same' | 'different', boolean]>([
    ['None', 'same', true],
    ['Namespace', 'same', false],
    ['Namespace', 'different', true],
    ['Cluster', 'different', false],
  ])(
    '%s, in the %s namespace(s): at the same time %s',
    async (exclusive, where, together) => {
      const first = await cluster.namespace();
      const second = where === 'same' ? first : await cluster.namespace();
      expect(await overlap([first, second], exclusive)).toBe(together);
    },
    60_000,
  );

  test('one that waits for its turn says for whom', async () => {
    const space = await cluster.namespace();
    await space.create('first', nap('8s', { placement: { exclusive: 'Namespace' } }));
    await space.untilPod('the first', isRunning);
    await space.create('second', nap('100ms', { placement: { exclusive: 'Namespace' } }));
    const status = await until('a word of the second', async () => (await space.benchmark('second')).status);
    const { message } = status.conditions?.find(({ type }) => type === 'Reconciling') ?? {};
    expect(message).toBe(`place 1 in the queue for namespace ${space.name}: ${space.name}/first runs`);
    await space.untilPhase('second', 'Succeeded');
  }, 60_000);
});

test('no right was missing', async () => {
  expect((await cluster.missingRights()).map(text)).toEqual([]);
});
