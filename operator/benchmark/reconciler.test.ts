import { describe, expect, test } from '@jest/globals';
import type { BenchmarkSpec } from '../api/types.ts';
import type { Backend } from '../backends/backend.ts';
import { podsBackend } from '../backends/pods.ts';
import { benchmark, endedPod, framed } from '../backends/testing/builders.ts';
import { KubeClient } from '../kube/client.ts';
import { FakeClock } from '../kube/fake-clock.ts';
import { silentLogger } from '../kube/logger.ts';
import type { ApiReply, ApiRequest } from '../kube/transport.ts';
import { refusal, reply, ScriptedTransport } from '../kube/scripted-transport.ts';
import { AddOns } from './add-ons.ts';
import { benchmarkCaches } from './controller.ts';
import { BenchmarkReconciler } from './reconciler.ts';
import { unwatched } from './testing/add-ons.ts';
import { holder, second, start } from './testing/builders.ts';

/** A server that takes everything, names it with a UID and gives each write a new version. */
function willing(): (request: ApiRequest) => ApiReply {
  let version = 100;
  return ({ body }) => {
    if (typeof body !== 'object' || body === null || !('metadata' in body)) return reply(200, {});
    return reply(200, {
      ...body,
      metadata: {
        uid: 'uid-made',
        creationTimestamp: '2026-11-21T12:00:00Z',
        ...Object(body.metadata),
        resourceVersion: String(++version),
      },
    });
  };
}

const jobs = holder().resource;
const addOn = { holder: jobs, watches: [{ resource: jobs }], install: 'Volcano 1.10', chartValue: 'backends.volcano' };
const volcano: Backend = { ...podsBackend({ tag: 'test' }), name: 'Volcano', addOn };

function operator(answer: (request: ApiRequest) => ApiReply = willing()) {
  const transport = new ScriptedTransport(answer);
  const caches = benchmarkCaches();
  const clock = new FakeClock(start);
  const warnings: string[] = [];
  const client = new KubeClient(transport, { clock });
  const backends = [podsBackend({ tag: 'test' }), volcano];
  const reconciler = new BenchmarkReconciler({
    client,
    caches,
    clock,
    logger: silentLogger,
    recorder: { record: (_, __, reason) => warnings.push(reason) },
    backends,
    addOns: new AddOns({ client, clock, backends, watch: unwatched }),
  });
  const knows = (spec: BenchmarkSpec = {}, metadata = {}) => {
    caches.benchmarks.observe(benchmark(spec, { resourceVersion: '1', ...metadata }));
  };
  const writes = () => transport.requests.map(({ method, path }) => `${method} ${path.replace(/^.*\/namespaces\/bench\//, '')}`);
  return { reconciler, caches, clock, warnings, knows, writes };
}

const pass = 'bench/net';

test('a benchmark that is gone needs nothing', async () => {
  const { reconciler, writes } = operator();
  expect(await reconciler.reconcile(pass)).toBeUndefined();
  expect(writes()).toEqual([]);
});

test('one that is being deleted is left to the API server', async () => {
  const { reconciler, knows, writes } = operator();
  knows({}, { deletionTimestamp: '2026-11-21T12:00:01Z' });
  expect(await reconciler.reconcile(pass)).toBeUndefined();
  expect(writes()).toEqual([]);
});

test('the first pass creates a pod and writes no status', async () => {
  const { reconciler, knows, writes } = operator();
  knows();
  await reconciler.reconcile(pass);
  expect(writes()).toEqual(['POST pods']);
});

test('the next pass comes when a word is due', async () => {
  const { reconciler, knows } = operator();
  knows();
  expect(await reconciler.reconcile(pass)).toEqual({ recheckAfter: 5 * second });
});

test('a pass that changes nothing writes nothing', async () => {
  const { reconciler, knows, writes, clock } = operator();
  knows();
  await reconciler.reconcile(pass);
  await clock.advance(6 * second);
  await reconciler.reconcile(pass);
  const before = writes().length;
  await reconciler.reconcile(pass);
  expect(writes()).toHaveLength(before);
});

test('a refusal is written at once, and told once', async () => {
  const { reconciler, knows, writes, warnings } = operator();
  knows({ sleep: { duration: '99h' } });
  await reconciler.reconcile(pass);
  await reconciler.reconcile(pass);
  expect(writes()).toEqual(['PUT benchmarks/net/status']);
  expect(warnings).toEqual(['InvalidSpec']);
});

function withResult(answer = willing()) {
  const world = operator(answer);
  world.knows({}, { labels: { 'assay.dev/set': 'sweep' } });
  world.caches.pods.observe(endedPod({ message: framed() }, {}, { resourceVersion: '2' }));
  return world;
}

describe('a result', () => {
  test('is in the status before its pod is deleted', async () => {
    const { reconciler, writes } = withResult();
    await reconciler.reconcile(pass);
    await reconciler.reconcile(pass);
    expect(writes()).toEqual(['PUT benchmarks/net/status', 'DELETE pods/net-sleeper-0']);
  });

  test('a deletion is asked for once, whatever the cache still shows', async () => {
    const { reconciler, writes } = withResult();
    for (let round = 0; round < 4; round++) await reconciler.reconcile(pass);
    expect(writes().filter((write) => write.startsWith('DELETE'))).toHaveLength(1);
  });

  test('is not lost when the write is: the pass fails, its pod stays', async () => {
    const { reconciler, writes } = withResult(() => refusal(409, 'Conflict'));
    await expect(reconciler.reconcile(pass)).rejects.toThrow('Conflict');
    await expect(reconciler.reconcile(pass)).rejects.toThrow('Conflict');
    expect(writes()).toEqual(['PUT benchmarks/net/status', 'PUT benchmarks/net/status']);
  });
});

test('what the server refuses is decided about at once', async () => {
  const { reconciler, knows, writes } = operator(({ method, path }) =>
    method === 'POST' && path.endsWith('/pods') ? refusal(422, 'Invalid') : reply(200, benchmark()),
  );
  knows();
  expect(await reconciler.reconcile(pass)).toEqual({ recheckAfter: 0 });
  await reconciler.reconcile(pass);
  expect(writes()).toEqual(['POST pods', 'PUT benchmarks/net/status']);
});

test('an object of the same name after it starts afresh', async () => {
  const { reconciler, caches, knows, writes } = operator();
  knows();
  await reconciler.reconcile(pass);
  const first = caches.benchmarks.get(pass);
  if (first) caches.benchmarks.remove({ ...first, metadata: { ...first.metadata, resourceVersion: '500' } });
  for (const pod of caches.pods.list()) caches.pods.remove({ ...pod, metadata: { ...pod.metadata, resourceVersion: '501' } });
  knows({}, { uid: 'uid-next', resourceVersion: '502' });
  await reconciler.reconcile(pass);
  expect(writes()).toEqual(['POST pods', 'POST pods']);
});

/** An operator whose cluster has no Volcano. */
function bare() {
  const answer = willing();
  return operator((request) => (request.path.endsWith('/jobs') ? refusal(404, 'NotFound') : answer(request)));
}

function progress({ caches }: ReturnType<typeof operator>) {
  return caches.benchmarks.get(pass)?.status?.conditions?.find(({ type }) => type === 'Reconciling');
}

describe('KP-45 a backend that is not installed', () => {
  const asked = { backend: 'Volcano', sleep: { duration: '1s' }, timeouts: { pending: '1m' } } as const;

  test('is waited for, with what to install in the condition', async () => {
    const world = bare();
    world.knows(asked);
    await world.reconciler.reconcile(pass);
    await world.clock.advance(5 * second);
    await world.reconciler.reconcile(pass);
    expect(progress(world)).toMatchObject({
      status: 'True',
      reason: 'BackendMissing',
      message: expect.stringContaining('install Volcano 1.10'),
    });
    expect(world.writes().filter((write) => write.startsWith('POST'))).toEqual([]);
  });

  test('ends the run when it did not come in time', async () => {
    const world = bare();
    world.knows(asked);
    await world.reconciler.reconcile(pass);
    await world.clock.advance(60 * second);
    await world.reconciler.reconcile(pass);
    expect(world.caches.benchmarks.get(pass)?.status).toMatchObject({ phase: 'Failed', attempts: [{ reason: 'BackendMissing' }] });
    expect(world.warnings).toEqual(['BackendMissing']);
  });

  test('keeps no other run waiting', async () => {
    const world = bare();
    world.knows({ ...asked, placement: { exclusive: 'Cluster' } });
    await world.reconciler.reconcile(pass);
    world.knows({ placement: { exclusive: 'Cluster' } }, { name: 'next', uid: 'uid-next', creationTimestamp: '2026-11-21T12:00:01Z' });
    await world.reconciler.reconcile('bench/next');
    expect(world.writes()).toContain('POST pods');
  });

  test('is nothing to those that do not ask for it', async () => {
    const { reconciler, knows, writes } = bare();
    knows();
    await reconciler.reconcile(pass);
    expect(writes()).toEqual(['POST pods']);
  });
});
