// Two operators: whatever becomes of the one that leads, each member of a set runs once.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hasEnded } from '../../operator/backends/pod.ts';
import { alive, send } from '../cluster/processes/identity.ts';
import { until } from '../integration/until.ts';
import { holder, leader, untilLedByAnother, writesOf } from './leadership.ts';
import { blemishes, madeTwice, naps, untilMidway } from './ledger.ts';
import { RealCluster } from './real-cluster.ts';
import { install } from './release.ts';
import type { Space } from './space.ts';

let cluster: RealCluster;
let space: Space;

beforeAll(async () => {
  cluster = await RealCluster.connect();
  await install(cluster, { operator: { replicas: 2 } });
  space = await cluster.space('leader');
}, 200_000);

afterAll(() => cluster?.close(), 60_000);

async function untilWhole(set: string): Promise<void> {
  await space.untilSetPhase(set, 'Succeeded', 90_000);
  const runs = (await space.benchmarks()).filter(({ metadata }) => metadata.labels?.['assay.dev/set'] === set);
  expect({ blemishes: blemishes(runs), twice: await madeTwice(space) }).toEqual({ blemishes: [], twice: [] });
}

test('the leader is deleted in mid-set: another leads within seconds', async () => {
  const { pod, identity } = await leader(cluster);
  await space.createSet('deleted', naps(6, '2s'));
  await untilMidway(space, 'deleted');
  await cluster.client.delete({ group: '', version: 'v1', plural: 'pods', kind: 'Pod' }, pod.metadata);
  await untilLedByAnother(cluster, identity, 15_000);
  await untilWhole('deleted');
}, 150_000);

test('the leader is stopped beyond its lease and goes on: it writes nothing any more', async () => {
  const { pod, process, identity } = await leader(cluster);
  await space.createSet('stopped', naps(8, '2s'));
  await untilMidway(space, 'stopped');
  send(process, 'SIGSTOP');
  let takenOver: string;
  try {
    await untilLedByAnother(cluster, identity);
    // What the old one was sending when it was stopped has reached the server long since.
    takenOver = new Date().toISOString();
    const successor = await leader(cluster);
    // What came in meanwhile waits in the sockets of the old one.
    await until('the new leader works', async () => ((await writesOf(cluster, successor.pod)).length > 0 ? true : undefined));
  } finally {
    send(process, 'SIGCONT');
  }
  await until('the old process ended', async () => (alive(process) ? undefined : true), 15_000);
  await untilWhole('stopped');
  const writes = await writesOf(cluster, pod);
  expect(writes.filter((text) => text > takenOver)).toEqual([]);
  expect(writes.length).toBeGreaterThan(0);
}, 200_000);

describe('the leader is killed', () => {
  const pair = { iperf: { duration: '4s', streams: 16, bitrate: '5M' }, placement: { exclusive: 'None' as const } };

  test('while a pair runs, and again while a result in a log is read: both ends give one result', async () => {
    await space.create('pair', pair);
    await space.untilPod('a running client', ({ metadata, status }) => metadata.name === 'pair-client-0' && status?.phase === 'Running');
    const first = await leader(cluster);
    send(first.process, 'SIGKILL');
    await space.untilPod('an ended client', (own) => own.metadata.name === 'pair-client-0' && hasEnded(own));
    await untilLedByAnother(cluster, first.identity);
    const second = await leader(cluster);
    send(second.process, 'SIGKILL');
    // The second may have written its result before it was killed: the third has to lead before the next test asks who does.
    await untilLedByAnother(cluster, second.identity);
    const { status } = await space.untilPhase('pair', 'Succeeded', 90_000);
    expect(status?.attempts).toMatchObject([{ index: 0, outcome: 'Succeeded' }]);
    expect(await madeTwice(space)).toEqual([]);
  }, 200_000);
});

test('in the end there is one leader, and both operators are ready', async () => {
  await cluster.kubectl(['wait', 'pod', '--namespace', 'assay-system', '--all', '--for=condition=Ready', '--timeout=90s']);
  const now = await holder(cluster);
  await expect(untilLedByAnother(cluster, now, 5000)).rejects.toThrow('another leads');
}, 120_000);
