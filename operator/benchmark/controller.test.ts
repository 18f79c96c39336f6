import { describe, expect, test } from '@jest/globals';
import type { Benchmark } from '../api/types.ts';
import type { Backend } from '../backends/backend.ts';
import type { Pod, PodStatus } from '../backends/pod.ts';
import { podsBackend } from '../backends/pods.ts';
import { benchmark, pod } from '../backends/testing/builders.ts';
import { KubeClient } from '../kube/client.ts';
import { FakeClock } from '../kube/fake-clock.ts';
import { silentLogger } from '../kube/logger.ts';
import { reply, ScriptedTransport } from '../kube/scripted-transport.ts';
import { unwatched } from './testing/add-ons.ts';
import { holder } from './testing/builders.ts';
import { benchmarkCaches, benchmarkController } from './controller.ts';

const jobs = holder().resource;
const addOn = { holder: jobs, watches: [{ resource: jobs }], install: 'Volcano', chartValue: 'backends.volcano' };
const volcano: Backend = { ...podsBackend({ tag: 'test' }), name: 'Volcano', addOn };
const list = reply(200, { metadata: { resourceVersion: '1' }, items: [] });

/** A connected controller, and the keys that changes of its caches queue. */
function connected() {
  const caches = benchmarkCaches();
  const clock = new FakeClock();
  const opened: string[] = [];
  const controller = benchmarkController({
    client: new KubeClient(new ScriptedTransport(list), { clock }),
    caches,
    clock,
    logger: silentLogger,
    recorder: { record: () => {} },
    backends: [podsBackend({ tag: 'test' }), volcano],
    watch: (watched) => {
      opened.push(watched.resource.plural);
      return unwatched();
    },
  });
  const keys: string[] = [];
  const disconnect = controller.connect((key) => keys.push(key));
  const taken = () => keys.splice(0);
  /** The same after the queue was asked who may start. */
  const takenLater = async () => {
    await clock.advance(10);
    return taken();
  };
  let version = 0;
  const next = () => ({ resourceVersion: String(++version) });
  return {
    opened,
    controller,
    disconnect,
    taken,
    takenLater,
    sees: (name: string, more: Partial<Benchmark> = {}) => {
      const spec = { placement: { exclusive: 'Cluster' as const } };
      caches.benchmarks.observe({ ...benchmark(spec, { name, uid: `uid-${name}`, ...next() }), ...more });
    },
    seesPod: (status: PodStatus, more: Partial<Pod['metadata']> = {}, spec: Partial<Pod['spec']> = {}) => {
      caches.pods.observe(pod(status, { ...next(), ...more }, spec));
    },
    warns: (uid: string) => {
      const involvedObject = { namespace: 'bench', name: 'net-sleeper-0', uid };
      caches.events.observe({ metadata: { name: `e${version}`, namespace: 'bench', ...next() }, involvedObject });
    },
    dropsPod: () => caches.pods.remove(pod({}, next())),
    claims: () => caches.claims.observe({ metadata: { ...pod().metadata, name: 'net-files', ...next() } }),
  };
}

test('KP-48 only what runs of ours made is watched, and only Warnings', () => {
  expect(
    connected().controller.watches.map(({ resource, labelSelector, fieldSelector }) => [resource.plural, labelSelector ?? fieldSelector]),
  ).toEqual([
    ['benchmarks', undefined],
    ['pods', 'assay.dev/benchmark'],
    ['persistentvolumeclaims', 'assay.dev/benchmark'],
    ['events', 'involvedObject.kind=Pod,type=Warning'],
  ]);
});

describe('a benchmark is looked at when', () => {
  test.each<[string, (world: ReturnType<typeof connected>) => void]>([
    [
      'it changes',
      ({ sees }) => {
        sees('net');
      },
    ],
    [
      'its pod changes',
      ({ seesPod }) => {
        seesPod({});
      },
    ],
    ['its claim changes', ({ claims }) => void claims()],
  ])('%s', (_, happen) => {
    const world = connected();
    happen(world);
    expect(world.taken()).toEqual(['bench/net']);
  });

  test('what holds its pods changes', () => {
    const world = connected();
    world.controller.addOns.holders['jobs']?.observe({ metadata: { ...pod().metadata, name: 'net-a1', resourceVersion: '9' } });
    expect(world.taken()).toEqual(['bench/net']);
  });

  test('a Warning about its pod comes', () => {
    const world = connected();
    world.seesPod({});
    world.taken();
    world.warns('uid-pod');
    expect(world.taken()).toEqual(['bench/net']);
  });

  test('but not one about a pod of the same name before', () => {
    const world = connected();
    world.seesPod({});
    world.taken();
    world.warns('uid-before');
    expect(world.taken()).toEqual([]);
  });
});

describe('the next in the queue is looked at when', () => {
  const running = { phase: 'Running' } as const;
  async function withQueue() {
    const world = connected();
    world.sees('net');
    world.seesPod(running, {}, { nodeName: 'node-1' });
    world.sees('waits');
    await world.takenLater();
    return world;
  }

  test.each<[string, (world: ReturnType<typeof connected>) => void]>([
    [
      'the pod of the one before ends',
      ({ seesPod }) => {
        seesPod({ phase: 'Succeeded' }, {}, { nodeName: 'node-1' });
      },
    ],
    ['it is deleted', ({ dropsPod }) => void dropsPod()],
  ])('%s', async (_, happen) => {
    const world = await withQueue();
    // The holder has ended in the status already; only its pod still takes the place.
    world.sees('net', { status: { phase: 'Succeeded' } });
    await world.takenLater();
    happen(world);
    expect(await world.takenLater()).toContain('bench/waits');
  });

  test('one that came first is suspended', async () => {
    const world = connected();
    world.sees('first');
    world.sees('waits');
    world.taken();
    world.sees('first', { spec: { sleep: { duration: '1s' }, suspend: true } });
    expect(await world.takenLater()).toEqual(['bench/first', 'bench/waits']);
  });

  test('not when a pod only changes its status', async () => {
    const world = await withQueue();
    world.seesPod({ ...running, podIP: '10.0.0.1' }, {}, { nodeName: 'node-1' });
    expect(await world.takenLater()).toEqual(['bench/net']);
  });

  test('and once, however much changes in a moment', async () => {
    const world = await withQueue();
    for (const phase of ['Running', 'Succeeded', 'Running', 'Succeeded'] as const) world.seesPod({ phase }, {}, { nodeName: 'node-1' });
    world.sees('net', { status: { phase: 'Succeeded' } });
    world.dropsPod();
    expect((await world.takenLater()).filter((key) => key === 'bench/waits')).toEqual(['bench/waits']);
  });
});

test('a controller that is disconnected queues nothing more, and nothing that it was about to', async () => {
  const world = connected();
  world.sees('net');
  world.sees('net', { spec: { sleep: { duration: '1s' }, suspend: true } });
  world.sees('waits');
  world.taken();
  world.disconnect();
  world.sees('net');
  expect(await world.takenLater()).toEqual([]);
});

describe('before the first reconcile', () => {
  test.each([
    ['what an open benchmark needs is watched: it may hold a place', {}, ['jobs']],
    ['not what only a finished one needed', { status: { phase: 'Succeeded' as const } }, []],
  ])('%s', async (_, more, opened) => {
    const world = connected();
    world.sees('net', { spec: { sleep: {}, backend: 'Volcano' }, ...more });
    await world.controller.prepare();
    expect(world.opened).toEqual(opened);
  });
});
