import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { KubeClient } from '../operator/kube/client.ts';
import { configMaps } from '../operator/kube/object.ts';
import { benchmark, set } from './builders.ts';
import { fetchResults } from './results.ts';
import { created, memoryClient, published } from './testing.ts';

let client: KubeClient;

beforeEach(() => {
  client = memoryClient();
});

afterEach(async () => {
  await client.close();
});

const net = { name: 'net', namespace: 'default' };

test('what was never published is nothing', async () => {
  expect(await fetchResults(client, net)).toBeUndefined();
});

test('the files and the summary in them', async () => {
  await published(client, await created(client, set()));
  const results = await fetchResults(client, net);
  expect([results?.summary.name, Object.keys(results?.files ?? {}).toSorted((a, b) => a.localeCompare(b))]).toEqual([
    'net',
    ['results.csv', 'summary.json', 'summary.md'],
  ]);
});

test('large ones come from several ConfigMaps', async () => {
  // Hardly compressible, so that it fills more than one.
  const large = Array.from({ length: 150_000 }, (_, index) => Math.sin(index).toString(36)).join('\n');
  await published(client, await created(client, set()), { 'raw.txt': large });
  const { items } = await client.list(configMaps, { namespace: 'default' });
  expect([items.length > 1, (await fetchResults(client, net))?.files['raw.txt'] === large]).toEqual([true, true]);
});

describe('whose they are', () => {
  test.each([
    ['the kind that was asked for', 'BenchmarkSet', true],
    ['the other kind of the same name', 'Benchmark', false],
  ] as const)('%s', async (_, kind, found) => {
    await published(client, await created(client, set()));
    expect((await fetchResults(client, net, kind)) !== undefined).toBe(found);
  });

  test('another namespace has its own', async () => {
    await published(client, await created(client, benchmark(undefined, { name: 'net' }), 'lab'));
    expect(await fetchResults(client, net)).toBeUndefined();
  });
});

test('changed ones are refused', async () => {
  await published(client, await created(client, set()));
  await client.patch(configMaps, { ...net, name: 'net-results' }, { data: { 'summary.md': '# better' } }, { type: 'merge' });
  await expect(fetchResults(client, net)).rejects.toThrow('the ConfigMap was changed after it was written');
});
