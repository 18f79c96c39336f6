import { afterEach, describe, expect, test } from '@jest/globals';
import type { BenchmarkSpec } from '../../operator/api/types.ts';
import type { Pod } from '../../operator/backends/pod.ts';
import { benchmarks, configMaps } from '../../operator/kube/object.ts';
import { ScriptedCluster } from './scripted-cluster.ts';
import { fails, runs, succeeds } from './scripted-kubelet.ts';
import type { Script } from './scripted-kubelet.ts';

let cluster: ScriptedCluster;

async function started(script: Script): Promise<void> {
  cluster = new ScriptedCluster(script);
  await cluster.start();
}

const isServer = ({ metadata }: Pod) => metadata.labels?.['assay.dev/role'] === 'server';

afterEach(async () => {
  await cluster.stop();
});

const sleep: BenchmarkSpec = { sleep: { duration: '1s' } };
const slow = runs(succeeds(), 20_000);
const isFirst = ({ metadata }: Pod) => metadata.labels?.['assay.dev/attempt'] === '0';

describe('suspend and resume', () => {
  test('the pods go, and the next attempt gives the result', async () => {
    await started(slow);
    await cluster.create('nap', sleep);
    await cluster.untilPhase('nap', 'Running');
    await cluster.patch('nap', { suspend: true });
    await cluster.untilPhase('nap', 'Suspended');
    await cluster.untilGone();
    await cluster.patch('nap', { suspend: false });
    expect(await cluster.untilPhase('nap', 'Succeeded')).toMatchObject({
      attempts: [
        { index: 0, outcome: 'Suspended', pods: [{ name: 'nap-sleeper-0' }] },
        { index: 1, outcome: 'Succeeded', pods: [{ name: 'nap-sleeper-0-a1' }] },
      ],
    });
  });

  test('before the start nothing is made, and no attempt is counted', async () => {
    await started(runs());
    await cluster.create('nap', { ...sleep, suspend: true });
    await cluster.untilPhase('nap', 'Suspended');
    expect(await cluster.podNames()).toEqual([]);
    await cluster.patch('nap', { suspend: false });
    expect(await cluster.untilPhase('nap', 'Succeeded')).toMatchObject({ attempts: [{ index: 0 }] });
  });
});

describe('cancel', () => {
  test('ends when the pods are gone', async () => {
    await started(slow);
    await cluster.create('nap', sleep);
    await cluster.untilPhase('nap', 'Running');
    await cluster.patch('nap', { cancel: true });
    expect(await cluster.untilPhase('nap', 'Cancelled')).toMatchObject({ attempts: [{ index: 0, outcome: 'Cancelled' }] });
    expect(await cluster.podNames()).toEqual([]);
  });

  test('is final: a later word changes nothing', async () => {
    await started(slow);
    await cluster.create('nap', { ...sleep, cancel: true });
    await cluster.untilPhase('nap', 'Cancelled');
    await cluster.patch('nap', { cancel: false });
    await cluster.clock.advance(10_000);
    expect(await cluster.status('nap')).toMatchObject({ phase: 'Cancelled', observedGeneration: 2 });
  });
});

describe('retries', () => {
  const second = runs((pod) => (isFirst(pod) ? fails('ToolFailed')(pod) : succeeds()(pod)));

  test('are attempts of their own, and only the good one counts', async () => {
    await started(second);
    await cluster.create('nap', { ...sleep, retries: 1 });
    expect(await cluster.untilPhase('nap', 'Succeeded')).toMatchObject({
      metrics: [{ value: 1.002 }],
      attempts: [
        { index: 0, outcome: 'Failed', reason: 'ToolFailed' },
        { index: 1, outcome: 'Succeeded' },
      ],
    });
    await cluster.untilGone();
  });

  test('are as many as were asked for', async () => {
    await started(runs(fails('ToolFailed')));
    await cluster.create('nap', { ...sleep, retries: 2 });
    expect((await cluster.untilPhase('nap', 'Failed')).attempts?.map(({ index }) => index)).toEqual([0, 1, 2]);
  });
});

describe('cleanup', () => {
  test.each<[string, Script, BenchmarkSpec['cleanup'], number]>([
    ['OnSuccess keeps the pod of a failure', runs(fails('ToolFailed')), { pods: 'OnSuccess' }, 1],
    ['OnSuccess removes the pod of a success', runs(), { pods: 'OnSuccess' }, 0],
    ['Never keeps it', runs(), { pods: 'Never' }, 1],
    ['a ttl keeps it for a while', runs(), { ttlAfterFinished: '5m' }, 1],
  ])('%s', async (_, script, cleanup, left) => {
    await started(script);
    await cluster.create('nap', { ...sleep, ...(cleanup ? { cleanup } : {}) });
    await cluster.until(async () => /Succeeded|Failed/.test((await cluster.status('nap')).phase ?? ''));
    await cluster.clock.advance(60_000);
    expect(await cluster.podNames()).toHaveLength(left);
  });

  test('a ttl ends', async () => {
    await started(runs());
    await cluster.create('nap', { ...sleep, cleanup: { ttlAfterFinished: '5m' } });
    await cluster.untilPhase('nap', 'Succeeded');
    await cluster.clock.advance(6 * 60_000);
    expect(await cluster.podNames()).toEqual([]);
  });

  test('what is deleted by its owner is deleted whole', async () => {
    await started(runs(succeeds(), 3000));
    await cluster.create('nap', { ...sleep, cleanup: { pods: 'Never' } });
    await cluster.untilPhase('nap', 'Succeeded');
    await cluster.client.delete(benchmarks, { name: 'nap', namespace: 'bench' });
    await cluster.untilGone();
    await cluster.until(async () => (await cluster.client.list(configMaps, { namespace: 'bench' })).items.length === 0);
    expect(cluster.wire.writes.filter((write) => write.startsWith('DELETE'))).toEqual([]);
  });
});

describe('a benchmark of the same name', () => {
  test('waits until the pods of the one before are gone', async () => {
    await started(runs());
    await cluster.create('nap', { ...sleep, cleanup: { pods: 'Never' } });
    await cluster.untilPhase('nap', 'Succeeded');
    await cluster.client.delete(benchmarks, { name: 'nap', namespace: 'bench' });
    await cluster.create('nap', sleep);
    expect(await cluster.untilPhase('nap', 'Succeeded')).toMatchObject({ attempts: [{ index: 0, outcome: 'Succeeded' }] });
  });
});

// Killed after any request of its own, the operator that follows must come to the same end.
describe('KP-39 an operator that is killed', () => {
  const script = runs((pod) => (isServer(pod) ? undefined : isFirst(pod) ? fails('ToolFailed')(pod) : succeeds()(pod)));

  test.each(Array.from({ length: 12 }, (_, index) => index + 1))('after its write %d', async (last) => {
    await started(script);
    await cluster.create('net', { iperf: {}, retries: 1 });
    await cluster.until(() => cluster.wire.writes.length >= last);
    await cluster.stopOperator();
    await cluster.clock.advance(5000);
    await cluster.startOperator();
    const { attempts } = await cluster.untilPhase('net', 'Succeeded');
    expect(attempts).toMatchObject([
      { index: 0, outcome: 'Failed', reason: 'ToolFailed' },
      { index: 1, outcome: 'Succeeded' },
    ]);
    await cluster.untilGone();
    expect(cluster.wire.writes.filter((write) => write === 'POST pods')).toHaveLength(4);
  });
});
