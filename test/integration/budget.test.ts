// What a member costs the API server, counted from its audit log: 5 writes for one pod, 8 for a pair.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { BenchmarkSpec } from '../../operator/api/types.ts';
import { TestCluster } from './cluster.ts';
import type { TestNamespace } from './namespace.ts';
import { text } from './requests.ts';

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await TestCluster.start();
  await cluster.startKubelet();
  await cluster.startOperator();
}, 120_000);

afterAll(() => cluster.stop(), 30_000);

/** A set of one member that has ended and left no pods. */
async function ranSet(spec: BenchmarkSpec): Promise<TestNamespace> {
  const space = await cluster.namespace();
  await space.createSet('one', { template: { spec } });
  await space.untilSetPhase('one', 'Succeeded');
  await space.untilNoPods();
  return space;
}

async function writesAbout(space: TestNamespace, member: string): Promise<string[]> {
  return (await space.writes()).filter(({ object }) => object.includes(member)).map(text);
}

test.each<[string, BenchmarkSpec, number]>([
  ['one pod', { sleep: { duration: '1s' } }, 5],
  ['one pod that measures for longer than progress is held back', { cpusoaker: { duration: '7s' } }, 5],
  ['a pair', { iperf: { duration: '1s' } }, 8],
  ['a pair that starts together and is told its peers', { iperf: { duration: '1s' }, queue: 'night' }, 8],
])(
  'KP-47 writes for a member of %s',
  async (_, spec, budget) => {
    const space = await ranSet(spec);
    const writes = await writesAbout(space, 'one-0-0');
    expect(writes.filter((write) => write.startsWith('create pods/')).length).toBeGreaterThan(0);
    expect({ writes, within: writes.length <= budget }).toEqual({ writes, within: true });
  },
  60_000,
);

test('a normal run reads no log', async () => {
  const space = await ranSet({ sleep: { duration: '1s' } });
  const requests = await cluster.operatorRequests(space.name);
  expect(requests.filter(({ object }) => object.endsWith('/log'))).toEqual([]);
}, 30_000);

test('nothing is asked of the API server while nothing happens', async () => {
  const before = await cluster.operatorRequests();
  await pause(5000);
  const after = await cluster.operatorRequests();
  // A watch that the server ends in this moment is begun anew.
  expect(after.slice(before.length).filter(({ verb }) => verb !== 'watch')).toEqual([]);
}, 30_000);

test('a run that goes on costs nothing between its progress and its end', async () => {
  const space = await cluster.namespace();
  await space.create('long', { sleep: { duration: '60s' } });
  await space.untilPhase('long', 'Running');
  await pause(1000);
  const before = await cluster.operatorRequests(space.name);
  await pause(4000);
  expect((await cluster.operatorRequests(space.name)).slice(before.length).map(text)).toEqual([]);
  await space.patch('long', { cancel: true });
  await space.untilNoPods();
}, 30_000);
