// An API server that is away and an etcd that stutters delay a set; they cost no member and repeat none.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { namespaces } from '../../operator/kube/object.ts';
import { until } from '../integration/until.ts';
import { blemishes, madeTwice, naps, untilMidway } from './ledger.ts';
import { RealCluster } from './real-cluster.ts';
import { install } from './release.ts';
import type { Space } from './space.ts';

let cluster: RealCluster;
let space: Space;

beforeAll(async () => {
  cluster = await RealCluster.connect();
  await install(cluster);
  space = await cluster.space('control-plane');
}, 200_000);

afterAll(() => cluster?.close(), 60_000);

/** Its result is too large for the termination message and has to be read from the log. */
const pair = { iperf: { duration: '4s', streams: 16, bitrate: '5M' }, placement: { exclusive: 'None' as const } };

async function untilServed(): Promise<void> {
  await until('the API server serves', async () => ((await isServed()) ? true : undefined), 60_000);
}

async function isServed(): Promise<boolean> {
  try {
    await cluster.client.get(namespaces, { name: space.name });
    return true;
  } catch {
    return false;
  }
}

async function untilWhole(set: string, lone: string): Promise<void> {
  // Kubernetes' own scheduler may need a minute to look at pods again.
  await space.untilPhase(lone, 'Succeeded', 120_000);
  await space.untilSetPhase(set, 'Succeeded', 150_000);
  const runs = (await space.benchmarks()).filter(({ metadata }) => metadata.name === lone || metadata.name.startsWith(set));
  expect({ blemishes: blemishes(runs), twice: await madeTwice(space) }).toEqual({ blemishes: [], twice: [] });
}

test('the API server is away for longer than the lease in mid-set: runs that went on give their results', async () => {
  await space.createSet('away', naps(6, '2s'));
  await space.create('away-pair', pair);
  await untilMidway(space, 'away');
  await cluster.machine.apiServer.stop('SIGKILL');
  try {
    await pause(10_000);
  } finally {
    await cluster.machine.apiServer.start();
  }
  await untilServed();
  await untilWhole('away', 'away-pair');
}, 300_000);

test('etcd stutters in mid-set', async () => {
  await space.createSet('stutter', naps(6, '2s'));
  await space.create('stutter-pair', pair);
  await untilMidway(space, 'stutter');
  const { etcd } = cluster.machine;
  for (const time of [2000, 4000, 3000, 4000]) {
    etcd.signal('SIGSTOP');
    try {
      await pause(time);
    } finally {
      etcd.signal('SIGCONT');
    }
    await pause(1500);
  }
  await untilServed();
  await untilWhole('stutter', 'stutter-pair');
}, 240_000);
