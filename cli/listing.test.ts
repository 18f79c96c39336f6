import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { KubeClient } from '../operator/kube/client.ts';
import { benchmark, set } from './builders.ts';
import { listing } from './listing.ts';
import { created, memoryClient, reached } from './testing.ts';

let client: KubeClient;

beforeEach(() => {
  client = memoryClient();
});

afterEach(async () => {
  await client.close();
});

const rows = async (namespace?: string) => (await listing(client, namespace, Date.now())).split('\n').map((line) => line.split(/ {2,}/));

test('both kinds of a namespace, with phase and summary', async () => {
  await reached(client, await created(client, set()), 'Succeeded', { summary: '2 of 2 cells' });
  await created(client, benchmark());
  await created(client, benchmark(), 'elsewhere');
  const [head, ...others] = await rows('default');
  expect([head, ...others.map(([kind, name, phase, , summary]) => [kind, name, phase, summary])]).toEqual([
    ['kind', 'name', 'phase', 'age', 'summary'],
    ['BenchmarkSet', 'net', 'Succeeded', '2 of 2 cells'],
    ['Benchmark', 'nap', 'Pending', undefined],
  ]);
});

test('of all namespaces, each with its own', async () => {
  await created(client, benchmark());
  await created(client, benchmark(), 'elsewhere');
  expect((await rows()).map(([namespace]) => namespace)).toEqual(['namespace', 'default', 'elsewhere']);
});

test('members of sets are not listed', async () => {
  await created(client, benchmark(undefined, { name: 'net-0-0', labels: { 'assay.dev/set': 'net' } }));
  expect(await listing(client, 'default', 0)).toBe('no Benchmark and no BenchmarkSet in namespace default');
});

test('nothing anywhere', async () => {
  expect(await listing(client, undefined, 0)).toBe('no Benchmark and no BenchmarkSet in any namespace');
});
