import { expect, test } from '@jest/globals';
import { Cache } from '../kube/cache.ts';
import { FakeClock } from '../kube/fake-clock.ts';
import { silentLogger } from '../kube/logger.ts';
import { benchmarks, benchmarkSets } from '../kube/object.ts';
import type { KubeObject, OwnerReference } from '../kube/object.ts';
import { setOf, start } from './builders.ts';
import { benchmarkSetController } from './controller.ts';
import { StubClient } from './stub-client.ts';

function controllerOf(cells = 1) {
  const api = new StubClient();
  const sets = new Cache<ReturnType<typeof setOf>>();
  sets.observe(api.put(benchmarkSets, setOf(cells)));
  const surroundings = { clock: new FakeClock(start), logger: silentLogger, recorder: { record: () => undefined } };
  const controller = benchmarkSetController({ client: api.client, sets, benchmarks: new Cache(), validate: () => [], ...surroundings });
  const wake = (plural: string, object: KubeObject) => controller.watches.find(({ resource }) => resource.plural === plural)?.wake(object);
  return { controller, wake };
}

const member = (...ownerReferences: OwnerReference[]): KubeObject => ({
  metadata: { name: 'net-0-0', namespace: 'bench', ownerReferences },
});
const owner = (more: Partial<OwnerReference> = {}): OwnerReference => ({
  apiVersion: 'assay.dev/v1alpha1',
  kind: 'BenchmarkSet',
  name: 'net',
  uid: 'uid-1',
  controller: true,
  ...more,
});

test('it watches sets and benchmarks', () => {
  expect(controllerOf().controller.watches.map(({ resource }) => resource)).toEqual([benchmarkSets, benchmarks]);
});

test('a set wakes itself at once', () => {
  expect(controllerOf().wake('benchmarksets', setOf(1))).toEqual({ key: 'bench/net', delay: 0 });
});

test.each<[string, KubeObject, string | undefined]>([
  ['a member wakes its set', member(owner()), 'bench/net'],
  ['a member of an earlier set, too: its name becomes free', member(owner({ uid: 'uid-0' })), 'bench/net'],
  ['a lone benchmark wakes none', member(), undefined],
  ['one of another kind of owner wakes none', member(owner({ kind: 'Job' })), undefined],
  ['one whose set does not control it wakes none', member(owner({ controller: false })), undefined],
])('%s', (_, object, key) => {
  expect(controllerOf().wake('benchmarks', object)?.key).toBe(key);
});

test.each([
  [1, 0],
  [99, 0],
  [100, 1],
  [10_000, 100],
])('changes in a set of %i members are gathered for %i ms', async (cells, delay) => {
  const { controller, wake } = controllerOf(cells);
  await controller.reconcile('bench/net');
  expect(wake('benchmarks', member(owner()))?.delay).toBe(delay);
});
