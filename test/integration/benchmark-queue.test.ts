import { afterEach, describe, expect, test } from '@jest/globals';
import type { BenchmarkSpec } from '../../operator/api/types.ts';
import type { Pod } from '../../operator/backends/pod.ts';
import { hasEnded } from '../../operator/backends/pod.ts';
import { ScriptedCluster } from './scripted-cluster.ts';
import { fails, runs, succeeds } from './scripted-kubelet.ts';
import type { Script } from './scripted-kubelet.ts';

let cluster: ScriptedCluster;

afterEach(async () => {
  await cluster.stop();
});

async function started(script: Script, nodes = ['node-1', 'node-2']): Promise<void> {
  cluster = new ScriptedCluster(script, { nodes });
  await cluster.start();
}

const isServer = ({ metadata }: Pod) => metadata.labels?.['assay.dev/role'] === 'server';
const pair = runs((pod) => (isServer(pod) ? undefined : succeeds()(pod)), 20_000);

function sleep(placement: BenchmarkSpec['placement'] = {}): BenchmarkSpec {
  return { sleep: { duration: '1s' }, placement };
}

/** The most benchmarks that ever had a live pod in one place at once, while everything runs to its end. */
async function mostAtOnce(names: string[], placeOf: (pod: Pod) => string | undefined): Promise<number> {
  let most = 0;
  await cluster.until(async () => {
    const owners = new Map<string, Set<string>>();
    for (const pod of await cluster.pods()) {
      const where = hasEnded(pod) ? undefined : placeOf(pod);
      if (where !== undefined)
        owners.set(where, (owners.get(where) ?? new Set()).add(pod.metadata.labels?.['assay.dev/benchmark-uid'] ?? ''));
    }
    most = Math.max(most, ...[...owners.values()].map(({ size }) => size));
    const phases = await Promise.all(names.map(async (name) => (await cluster.status(name)).phase ?? ''));
    return phases.every((phase) => /Succeeded|Failed/.test(phase));
  }, 600_000);
  return most;
}

describe('never more than one at once', () => {
  const names = ['a', 'b', 'c', 'd'];
  test.each<[string, BenchmarkSpec['placement'], (pod: Pod) => string | undefined]>([
    ['in the cluster', { exclusive: 'Cluster' }, () => 'cluster'],
    ['in the namespace', { exclusive: 'Namespace' }, ({ metadata }) => metadata.namespace],
    ['on a node that all name', { exclusive: 'Node', nodes: { sleeper: 'node-1' } }, ({ spec }) => spec.nodeName],
    ['on any node', { exclusive: 'Node' }, ({ spec }) => spec.nodeName],
  ])('%s', async (_, placement, placeOf) => {
    await started(runs());
    await Promise.all(names.map((name) => cluster.create(name, sleep(placement))));
    expect(await mostAtOnce(names, placeOf)).toBe(1);
  });

  test('but as many as like where nobody minds', async () => {
    await started(runs());
    await Promise.all(names.map((name) => cluster.create(name, sleep({ exclusive: 'None' }))));
    expect(await mostAtOnce(names, () => 'cluster')).toBe(4);
  });
});

test('one that waits says its place and for whom', async () => {
  await started(runs(succeeds(), 60_000));
  await cluster.create('first', sleep({ exclusive: 'Cluster' }));
  await cluster.untilPhase('first', 'Running');
  await cluster.create('second', sleep());
  await cluster.untilPhase('second', 'Pending');
  expect((await cluster.status('second')).conditions).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ type: 'Reconciling', reason: 'Queued', message: 'place 1 in the queue for the cluster: bench/first runs' }),
    ]),
  );
});

test('a failed holder frees its node for a benchmark of another namespace, at once', async () => {
  await started(runs((pod) => (pod.metadata.namespace === 'bench' ? fails('ToolFailed') : succeeds())(pod)));
  const placement = { exclusive: 'Node' as const, nodes: { sleeper: 'node-1' } };
  await cluster.create('mine', sleep(placement));
  await cluster.untilPhase('mine', 'Running');
  await cluster.create('theirs', sleep(placement), { namespace: 'other' });
  await cluster.untilPhase('mine', 'Failed');
  const freed = cluster.clock.now();
  await cluster.untilPhase('theirs', 'Succeeded', { namespace: 'other' });
  expect(cluster.clock.now() - freed).toBeLessThan(4000);
});

test('KP-25 three pairs on four nodes all end', async () => {
  await started(pair, ['node-1', 'node-2', 'node-3', 'node-4']);
  const names = ['a', 'b', 'c'];
  await Promise.all(names.map((name) => cluster.create(name, { iperf: {} })));
  await mostAtOnce(names, () => undefined);
  const states = await Promise.all(names.map(async (name) => (await cluster.status(name)).phase));
  expect(states).toEqual(['Succeeded', 'Succeeded', 'Succeeded']);
});

test('a pair that others keep from its nodes past the limit gives back what it has, and runs later', async () => {
  await started(pair, ['node-1', 'node-2', 'node-3']);
  await cluster.create('squatter', { sleep: { duration: '1s' }, placement: { exclusive: 'Node', nodes: { sleeper: 'node-1' } } });
  await cluster.untilPhase('squatter', 'Running');
  await cluster.create('a', {
    iperf: {},
    timeouts: { pending: '4500ms' },
    placement: { nodes: { server: 'node-2' }, topology: 'DifferentNodes' },
  });
  await cluster.create('b', { iperf: {}, timeouts: { pending: '4500ms' } });
  await cluster.untilPhase('a', 'Succeeded');
  const { attempts = [] } = await cluster.untilPhase('b', 'Succeeded', { limit: 600_000 });
  expect(attempts.length).toBeGreaterThan(1);
  expect(attempts.slice(0, -1).every(({ reason }) => reason === 'HalfPlaced')).toBe(true);
});

test('a restart in the middle changes nothing', async () => {
  await started(runs());
  const names = ['a', 'b', 'c'];
  await Promise.all(names.map((name) => cluster.create(name, sleep({ exclusive: 'Cluster' }))));
  await cluster.untilPhase('a', 'Running');
  await cluster.stopOperator();
  await cluster.startOperator();
  expect(await mostAtOnce(names, () => 'cluster')).toBe(1);
});
