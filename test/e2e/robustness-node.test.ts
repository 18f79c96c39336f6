// Nodes that fall silent, runtimes that are restarted, pods that are taken away: each ends in its reason or in the right result.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Affinity, Benchmark, BenchmarkSpec } from '../../operator/api/types.ts';
import type { ClusterNode } from '../cluster/cluster.ts';
import { blemishes, madeTwice } from './ledger.ts';
import { RealCluster } from './real-cluster.ts';
import { install } from './release.ts';
import type { Space } from './space.ts';

let cluster: RealCluster;
let space: Space;
let lost: ClusterNode;
let other: ClusterNode;

beforeAll(async () => {
  cluster = await RealCluster.connect();
  // On the node that stays.
  await install(cluster, { operator: { nodeSelector: { 'kubernetes.io/hostname': 'n1' } } });
  space = await cluster.space('node');
  const [first, second] = cluster.machine.nodes;
  if (!first || !second) throw new Error('the cluster has no two nodes');
  [other, lost] = [first, second];
}, 200_000);

afterAll(() => cluster?.close(), 60_000);

const on = (node: string, duration: string, more: BenchmarkSpec['placement'] = {}): BenchmarkSpec => ({
  sleep: { duration },
  placement: { exclusive: 'None', nodes: { sleeper: node }, ...more },
});

const pair: BenchmarkSpec = {
  iperf: { duration: '10m', bitrate: '1M' },
  placement: { exclusive: 'None', nodes: { server: 'n2', client: 'n1' } },
};

async function untilRunning(...pods: string[]): Promise<void> {
  for (const pod of pods) {
    await space.untilPod(`${pod} runs`, ({ metadata, status }) => metadata.name === pod && status?.phase === 'Running', 120_000);
  }
}

function ends({ status }: Benchmark): unknown {
  return status?.attempts?.map(({ index, outcome, reason, pods }) => [index, outcome, reason, pods.map(({ node }) => node).join()]);
}

describe('a pod is taken away', () => {
  test('by somebody who deletes it: PodDeleted', async () => {
    await space.create('robbed', on('n2', '5m'));
    await untilRunning('robbed-sleeper-0');
    await space.deletePod('robbed-sleeper-0');
    expect(ends(await space.untilPhase('robbed', 'Failed', 30_000))).toEqual([[0, 'Failed', 'PodDeleted', 'n2']]);
  }, 90_000);

  test('by a drain: PodEvicted, of a pair the same, and a retry succeeds on another node', async () => {
    await space.create('moves', { ...on('n2', '8s', { nodes: {}, affinity: preferring('n2') }), retries: 1 });
    await space.create('pair', pair);
    await untilRunning('moves-sleeper-0', 'pair-client-0');
    try {
      await cluster.kubectl(['drain', 'n2', '--ignore-daemonsets', '--delete-emptydir-data', '--timeout=60s'], { limit: 90_000 });
      expect(ends(await space.untilPhase('pair', 'Failed', 40_000))).toEqual([[0, 'Failed', 'PodEvicted', expect.stringMatching(/n2/)]]);
      expect(ends(await space.untilPhase('moves', 'Succeeded', 60_000))).toEqual([
        [0, 'Failed', 'PodEvicted', 'n2'],
        [1, 'Succeeded', undefined, 'n1'],
      ]);
    } finally {
      await cluster.kubectl(['uncordon', 'n2']);
    }
  }, 200_000);
});

describe('a node falls silent', () => {
  const soon = ['node.kubernetes.io/unreachable', 'node.kubernetes.io/not-ready'].map(
    (key) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 1 }) as const,
  );
  let silence: number;

  beforeAll(async () => {
    await space.create('long', on('n2', '10m'));
    await space.create('again', { ...on('n2', '3m', { nodes: {}, affinity: preferring('n2'), tolerations: soon }), retries: 1 });
    await space.create('server-lost', pair);
    await untilRunning('long-sleeper-0', 'again-sleeper-0', 'server-lost-client-0');
    await lost.kubelet.stop('SIGKILL');
    silence = Date.now();
  }, 90_000);

  afterAll(async () => {
    if (!lost.kubelet.running()) await lost.kubelet.start();
  });

  test('meanwhile short absences on another change nothing: kubelet while a run ends, containerd under one', async () => {
    await space.create('ends-meanwhile', on('n1', '6s'));
    await space.create('runs-on', on('n1', '20s'));
    await untilRunning('ends-meanwhile-sleeper-0', 'runs-on-sleeper-0');
    await other.kubelet.stop('SIGKILL');
    await pause(10_000);
    await other.kubelet.start();
    await space.untilPhase('ends-meanwhile', 'Succeeded', 40_000);
    await other.containerd.stop('SIGKILL');
    await pause(2000);
    await other.containerd.start();
    await space.untilPhase('runs-on', 'Succeeded', 60_000);
    expect(blemishes([await space.benchmark('ends-meanwhile'), await space.benchmark('runs-on')])).toEqual([]);
  }, 150_000);

  test('its runs end as NodeLost within two minutes', async () => {
    const runs = [await space.untilPhase('long', 'Failed', 120_000), await space.untilPhase('server-lost', 'Failed', 30_000)];
    expect(runs.map(ends)).toEqual([[[0, 'Failed', 'NodeLost', 'n2']], [[0, 'Failed', 'NodeLost', expect.stringMatching(/n2/)]]]);
    expect(Date.now() - silence).toBeLessThan(120_000);
  }, 160_000);

  test('a retry runs on another node, when the old pod is given up', async () => {
    await untilRunning('again-sleeper-0-a1');
    expect(Date.now() - silence).toBeGreaterThan(110_000);
    await space.patch('again', { cancel: true });
    await space.untilPhase('again', 'Cancelled', 60_000);
    expect(ends(await space.benchmark('again'))).toEqual([
      [0, 'Failed', 'NodeLost', 'n2'],
      [1, 'Cancelled', 'Cancelled', 'n1'],
    ]);
  }, 160_000);

  test('when it is back, what it still runs is ended, and nothing ran twice', async () => {
    await lost.kubelet.start();
    await space.untilNoPods(60_000);
    expect(await madeTwice(space)).toEqual([]);
  }, 90_000);
});

/** A wish, not a must: another node is taken where this one cannot be had. */
function preferring(node: string): Affinity {
  const preference = { matchFields: [{ key: 'metadata.name', operator: 'In' as const, values: [node] }] };
  return { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, preference }] } };
}
