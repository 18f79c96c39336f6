import { describe, expect, test } from '@jest/globals';

import { Cache } from '../../operator/kube/cache.ts';
import { KubeClient } from '../../operator/kube/client.ts';
import { FakeClock } from '../../operator/kube/fake-clock.ts';
import { pods } from '../../operator/kube/object.ts';
import type { KubeObject } from '../../operator/kube/object.ts';
import { MemoryApi } from '../api/memory-api.ts';
import { candidate } from './node.ts';
import type { Pod } from './pod.ts';
import { Scheduler } from './scheduler.ts';
import { pod } from './testing.ts';

/** A scheduler whose cache shows only what a test puts into it, as if the watch lagged behind. */
function stage() {
  const client = new KubeClient(new MemoryApi());
  const cache = new Cache<Pod>();
  const claims = new Cache<KubeObject>();
  const nodes = [candidate('a'), candidate('b')];
  const scheduler = new Scheduler({ client, pods: cache, claims, nodes, clock: new FakeClock() });
  const get = (name: string) => client.get<Pod>(pods, { namespace: 'default', name });
  return {
    cache,
    claims,
    scheduler,
    get,
    create: async (given: Pod) => await client.create(pods, given),
    nodeOf: async (name: string) => (await get(name)).spec.nodeName,
  };
}

const nowhere = { nodeSelector: { zone: 'moon' } };
const onDisk = { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'disk' } }] };

describe('schedule', () => {
  test('binds a pod', async () => {
    const { scheduler, create, nodeOf } = stage();
    await scheduler.schedule(await create(pod()));
    expect(await nodeOf('one')).toBe('a');
  });

  test('counts what it decided itself before the watch shows it', async () => {
    const { scheduler, create, nodeOf } = stage();
    for (const name of ['one', 'two', 'three']) await scheduler.schedule(await create(pod(name)));
    expect([await nodeOf('one'), await nodeOf('two'), await nodeOf('three')]).toEqual(['a', 'b', 'a']);
  });

  test('does not bind twice while the watch lags behind', async () => {
    const { scheduler, create } = stage();
    const created = await create(pod());
    await scheduler.schedule(created);
    await expect(scheduler.schedule(created)).resolves.toBeUndefined();
  });

  test('counts a bound pod once when the watch has shown it', async () => {
    const { scheduler, create, get, cache, nodeOf } = stage();
    await scheduler.schedule(await create(pod('one')));
    const bound = await get('one');
    cache.observe(bound);
    scheduler.forget(bound);
    await scheduler.schedule(await create(pod('two')));
    await scheduler.schedule(await create(pod('three')));
    expect([await nodeOf('two'), await nodeOf('three')]).toEqual(['b', 'a']);
  });

  test('takes back a decision that the server refused', async () => {
    const { scheduler, create, nodeOf } = stage();
    const never = { ...pod('ghost'), metadata: { ...pod('ghost').metadata, uid: 'u-ghost' } };
    await expect(scheduler.schedule(never)).rejects.toMatchObject({ status: 404 });
    await scheduler.schedule(await create(pod('one')));
    expect(await nodeOf('one')).toBe('a');
  });
});

const conditionOf = ({ status }: Pod) => status?.conditions?.[0];

describe('a pod that fits nowhere', () => {
  test('says why, with the time', async () => {
    const { scheduler, create, get } = stage();
    await scheduler.schedule(await create(pod('one', nowhere)));
    expect(conditionOf(await get('one'))).toEqual({
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message: "0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector.",
      lastTransitionTime: '2026-01-01T00:00:00Z',
    });
  });

  test('says it once', async () => {
    const { scheduler, create, get } = stage();
    await scheduler.schedule(await create(pod('one', nowhere)));
    const told = await get('one');
    await scheduler.schedule(told);
    expect((await get('one')).metadata.resourceVersion).toBe(told.metadata.resourceVersion);
  });

  test('is kept in mind until it is asked for', async () => {
    const { scheduler, create } = stage();
    await scheduler.schedule(await create(pod('one', nowhere)));
    expect(scheduler.takeWaiting()).toEqual(['default/one']);
    expect(scheduler.takeWaiting()).toEqual([]);
  });

  test('is forgotten when it is gone', async () => {
    const { scheduler, create } = stage();
    const created = await create(pod('one', nowhere));
    await scheduler.schedule(created);
    scheduler.forget(created);
    expect(scheduler.takeWaiting()).toEqual([]);
  });

  test('waits for its claim, and goes when it is there', async () => {
    const { scheduler, create, get, claims, nodeOf } = stage();
    await scheduler.schedule(await create(pod('one', onDisk)));
    expect(conditionOf(await get('one'))?.message).toBe('0/2 nodes are available: persistentvolumeclaim "disk" not found.');
    claims.observe({ metadata: { name: 'disk', namespace: 'default', resourceVersion: '1' } });
    await scheduler.schedule(await get('one'));
    expect(await nodeOf('one')).toBe('a');
  });

  test('does not take a claim of another namespace for its own', async () => {
    const { scheduler, create, get, claims } = stage();
    claims.observe({ metadata: { name: 'disk', namespace: 'other', resourceVersion: '1' } });
    await scheduler.schedule(await create(pod('one', onDisk)));
    expect(conditionOf(await get('one'))?.message).toContain('not found');
  });
});
