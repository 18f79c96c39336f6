// The cable between the nodes is pulled, or is slow: a figure is honest or there is none.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Benchmark, BenchmarkSpec } from '../../operator/api/types.ts';
import type { Link } from '../cluster/cluster.ts';
import { until } from '../integration/until.ts';
import { madeTwice } from './ledger.ts';
import { processesOf } from './processes.ts';
import { RealCluster } from './real-cluster.ts';
import { install } from './release.ts';
import type { Space } from './space.ts';

let cluster: RealCluster;
let space: Space;
let link: Link;

beforeAll(async () => {
  cluster = await RealCluster.connect();
  await install(cluster, { operator: { nodeSelector: { 'kubernetes.io/hostname': 'n1' } } });
  space = await cluster.space('network');
  const node = cluster.machine.nodes.find(({ name }) => name === 'n2');
  if (!node) throw new Error('there is no node n2');
  ({ link } = node);
}, 200_000);

afterAll(() => cluster?.close(), 60_000);

function iperf(duration: string, client: 'n1' | 'n2', more: object = {}): BenchmarkSpec {
  const nodes = client === 'n1' ? { server: 'n2', client: 'n1' } : { server: 'n1', client: 'n2' };
  return { iperf: { duration, ...more }, placement: { exclusive: 'None', nodes } };
}

async function untilRunning(pod: string): Promise<void> {
  await space.untilPod(`${pod} runs`, ({ metadata, status }) => metadata.name === pod && status?.phase === 'Running', 60_000);
}

/** Waits for the tool, which begins when its agent has found the server. */
async function untilMeasuring(pod: string): Promise<void> {
  await space.untilPod(`${pod} measures`, (own) => own.metadata.name === pod && processesOf(own, 'iperf3').length > 0, 60_000);
}

function bandwidth({ status }: Benchmark): number {
  return status?.metrics?.find(({ name }) => name === 'bandwidth')?.value ?? Number.NaN;
}

test('a link of 1 Mbit/s gives a figure of 1 Mbit/s', async () => {
  await space.create('slow', iperf('15s', 'n1'));
  await untilRunning('slow-server-0');
  await link.limit(1_000_000);
  try {
    const run = await space.untilPhase('slow', 'Succeeded', 90_000);
    expect(bandwidth(run) / 1e6).toBeGreaterThan(0.8);
    expect(bandwidth(run) / 1e6).toBeLessThan(1.2);
  } finally {
    await link.unlimit();
  }
}, 150_000);

test('a link that is pulled in mid-run: a reason in bounded time, or what did get through', async () => {
  await space.create('from-n1', iperf('8s', 'n1', { bitrate: '50M' }));
  await space.create('from-n2', iperf('8s', 'n2', { bitrate: '50M' }));
  await space.create('long', iperf('20s', 'n1', { bitrate: '50M' }));
  for (const name of ['from-n1', 'from-n2', 'long']) await untilMeasuring(`${name}-client-0`);
  await pause(1000);
  await link.down();
  try {
    // Its server cannot be started, nor say so.
    await space.create('before', iperf('3s', 'n1', { bitrate: '50M' }));
    const run = await space.untilPhase('from-n1', 'Failed', 60_000);
    expect(run.status?.attempts).toMatchObject([
      { outcome: 'Failed', reason: expect.stringMatching(/^(ToolTimeout|ToolFailed|PeerUnreachable)$/) },
    ]);
    expect(run.status?.attempts?.[0]?.message).toMatch(/\S+ \S+/);
  } finally {
    await link.up();
  }
  await space.untilPhase('before', 'Succeeded', 120_000);
  const long = await until(
    'the longer run ended',
    async () => {
      const run = await space.benchmark('long');
      return run.status?.phase === 'Succeeded' || run.status?.phase === 'Failed' ? run : undefined;
    },
    60_000,
  );
  // Whatever it is, it is no figure of a link that was whole.
  if (long.status?.phase === 'Succeeded') expect(bandwidth(long)).toBeLessThan(45e6);
  else expect(long.status?.attempts).toMatchObject([{ reason: expect.stringMatching(/^(ToolTimeout|ToolFailed|PeerUnreachable)$/) }]);
  const runs = await space.benchmarks();
  expect(runs.map(({ metadata, status }) => [metadata.name, status?.attempts?.length])).toEqual(
    runs.map(({ metadata }) => [metadata.name, 1]),
  );
  expect(await madeTwice(space)).toEqual([]);
}, 300_000);
