import { describe, expect, test } from '@jest/globals';
import { framesOf } from '../../measure/frame.ts';
import { frameKey } from '../backends/assignment.ts';
import { podsBackend } from '../backends/pods.ts';
import { endedPod, pod, record } from '../backends/testing/builders.ts';
import { KubeClient } from '../kube/client.ts';
import { FakeClock } from '../kube/fake-clock.ts';
import type { ApiReply, ApiRequest } from '../kube/transport.ts';
import { refusal, reply, ScriptedTransport } from '../kube/scripted-transport.ts';
import { act, writeStatus } from './act.ts';
import type { ActOptions } from './act.ts';
import { benchmarkCaches } from './controller.ts';
import { newMemory } from './memory.ts';
import type { Action, Observed } from './observed.ts';
import { holder, over, pair, running, seen, start, succeeded } from './testing/builders.ts';

type Answer = ApiReply | Error | ((request: ApiRequest) => ApiReply);

/** Everything that acting needs, with a server that answers as told. */
function stage(...answers: Answer[]) {
  const transport = new ScriptedTransport(...answers);
  const caches = benchmarkCaches();
  const clock = new FakeClock(start);
  const options: ActOptions = {
    client: new KubeClient(transport, { clock }),
    backend: podsBackend({ tag: 'test' }),
    clock,
    caches: { benchmarks: caches.benchmarks, pods: caches.pods, persistentvolumeclaims: caches.claims },
  };
  const memory = newMemory('uid-net');
  const requests = () => transport.requests.map(({ method, path }) => `${method} ${path.replace('/api/v1/namespaces/bench/', '')}`);
  return {
    transport,
    caches,
    memory,
    requests,
    does: (actions: Action[], observed = seen()) => act(actions, observed, memory, options),
    options,
    clock,
  };
}

const echo = ({ body }: ApiRequest) => reply(201, body);

describe('create', () => {
  const createSleeper: Action[] = [{ type: 'CreateRoles', roles: ['sleeper'] }];

  test('makes the pods visible at once', async () => {
    const { does, caches, requests } = stage(echo);
    expect(await does(createSleeper)).toBe(false);
    expect(requests()).toEqual(['POST pods']);
    expect(caches.pods.get('bench/net-sleeper-0')).toBeDefined();
  });

  test('makes several roles in one go', async () => {
    const { does, requests } = stage(echo);
    await does([{ type: 'CreateRoles', roles: ['server', 'client'] }], seen([], { roles: pair, startsTogether: true }));
    expect(requests()).toEqual(['POST pods', 'POST pods']);
  });

  test('leaves out what is there', async () => {
    const { does, caches, requests } = stage(echo);
    caches.pods.observe(pod());
    await does(createSleeper);
    expect(requests()).toEqual([]);
  });

  test('does not take a stranger in the cache for its own', async () => {
    const stranger = pod({}, { ownerReferences: [] });
    const { does, caches, memory } = stage(refusal(409, 'AlreadyExists'), reply(200, stranger));
    caches.pods.observe(stranger);
    await does(createSleeper);
    expect(memory.obstacle).toMatchObject({ reason: 'NameConflict', final: true });
  });

  test("tells clients their servers' addresses", async () => {
    const { does, transport } = stage(echo);
    await does([{ type: 'CreateRoles', roles: ['client'] }], seen([running({ role: 'server', ip: '10.0.0.9' })], { roles: pair }));
    expect(JSON.stringify(transport.requests[0]?.body)).toContain('10.0.0.9');
  });

  test('lets clients that start with their servers find the addresses later', async () => {
    const { does, transport } = stage(echo);
    await does([{ type: 'CreateRoles', roles: ['client'] }], seen([], { roles: pair, startsTogether: true }));
    expect(JSON.stringify(transport.requests[0]?.body)).toContain('/assay/peers');
  });

  test('a pod that was deleted before the reply to its creation came is known to have been there', async () => {
    const { does, caches, memory } = stage(({ body }) => {
      caches.pods.remove(pod({}, { resourceVersion: '12' }));
      return reply(201, { ...(body as object), metadata: { ...pod().metadata, resourceVersion: '11' } });
    });
    expect(await does(createSleeper)).toBe(true);
    expect([caches.pods.size, [...memory.pods]]).toEqual([0, [['net-sleeper-0', { uid: 'uid-pod', role: 'sleeper', attempt: 0 }]]]);
  });

  test('a refusal is kept for the next decision, with its first time', async () => {
    const { does, memory } = stage(refusal(403, 'Forbidden', {}, { message: 'exceeded quota: small' }));
    memory.obstacle = { reason: 'QuotaExceeded', message: '', final: false, since: start - 1000, at: start - 1000 };
    expect(await does(createSleeper)).toBe(true);
    expect(memory.obstacle).toMatchObject({ reason: 'QuotaExceeded', since: start - 1000, at: start });
  });

  test('an obstacle is forgotten once a pod could be made', async () => {
    const { does, memory } = stage(echo);
    memory.obstacle = { reason: 'QuotaExceeded', message: '', final: false, since: start, at: start };
    await does(createSleeper);
    expect(memory.obstacle).toBeUndefined();
  });
});

describe('tell', () => {
  const telling: Action[] = [{ type: 'TellPeers', name: 'net-sleeper-0', uid: 'uid-pod', text: '{}' }];
  const before = { reason: 'ConfigError', message: '', final: false, since: start - 1000, at: start - 1000 } as const;

  test('an obstacle is forgotten once the pod was told', async () => {
    const { does, memory, requests } = stage(reply(200, pod()));
    memory.obstacle = before;
    expect(await does(telling)).toBe(false);
    expect([requests(), memory.obstacle]).toEqual([['PATCH pods/net-sleeper-0'], undefined]);
  });

  test('a refusal is kept for the next decision, with its first time', async () => {
    const { does, memory } = stage(refusal(403, 'Forbidden', {}, { message: 'cannot patch pods' }));
    memory.obstacle = before;
    expect(await does(telling)).toBe(true);
    expect(memory.obstacle).toMatchObject({ reason: 'ConfigError', since: start - 1000, at: start });
  });
});

describe('delete', () => {
  const deletion: Action[] = [{ type: 'DeletePod', name: 'net-sleeper-0', uid: 'uid-pod' }];

  test('goes by name and UID, never by a selection', async () => {
    const { does, transport } = stage(reply(200, {}));
    await does([...deletion, { type: 'DeleteClaim', name: 'net-files', uid: 'uid-files' }]);
    expect(transport.requests).toMatchObject([
      { method: 'DELETE', path: '/api/v1/namespaces/bench/pods/net-sleeper-0', body: { preconditions: { uid: 'uid-pod' } } },
      {
        method: 'DELETE',
        path: '/api/v1/namespaces/bench/persistentvolumeclaims/net-files',
        body: { preconditions: { uid: 'uid-files' } },
      },
    ]);
  });

  test.each([
    ['what is gone', refusal(404, 'NotFound')],
    ['what somebody else made anew under the name', refusal(409, 'Conflict')],
  ])('%s is no fault', async (_, answer) => {
    const { does, memory } = stage(answer);
    await does(deletion);
    expect(memory.deleted).toEqual(new Set(['uid-pod']));
  });

  test('what holds pods goes by name and UID, and stays to be seen until they are gone', async () => {
    const { does, transport, memory } = stage(reply(200, {}));
    const { resource, name, uid } = holder();
    await does([{ type: 'DeleteHolder', resource, name, uid }]);
    expect(transport.requests).toMatchObject([
      {
        method: 'DELETE',
        path: '/apis/batch.volcano.sh/v1alpha1/namespaces/bench/jobs/net',
        body: { preconditions: { uid: 'uid-job' }, propagationPolicy: 'Foreground' },
      },
    ]);
    expect(memory.deleted.has('uid-job')).toBe(true);
  });

  test('a server in trouble is', async () => {
    await expect(stage(refusal(500, 'InternalError')).does(deletion)).rejects.toThrow('500');
  });
});

describe('logs', () => {
  const own = endedPod({ exitCode: 0 });
  const state = over({ exitCode: 0 }, { uid: 'uid-pod' });
  const read: Action[] = [{ type: 'ReadLog', pod: state }];

  test('a sound frame becomes the record of the pod', async () => {
    const { does, memory, caches } = stage(reply(200, framesOf(record(), frameKey(own) ?? '').message));
    caches.pods.observe(own);
    expect(await does(read)).toBe(true);
    expect(memory.records.get('uid-pod')).toEqual(record());
  });

  test('a log without a frame counts as a try', async () => {
    const { does, memory, caches } = stage(reply(200, 'Killed'));
    caches.pods.observe(own);
    await does(read);
    expect(memory.logs.get('uid-pod')).toEqual({ tries: 1, at: start });
  });

  test('a frame that was changed is told', async () => {
    const { does, memory, caches } = stage(reply(200, framesOf(record(), 'ff'.repeat(32)).message));
    caches.pods.observe(own);
    await does(read);
    expect(memory.logs.get('uid-pod')?.fault).toMatchObject({
      reason: 'ResultCorrupt',
      message: expect.stringContaining('is not counted'),
    });
  });

  test('a log that cannot be read is told', async () => {
    const { does, memory } = stage(refusal(404, 'NotFound'));
    await does(read);
    expect(memory.logs.get('uid-pod')?.fault).toMatchObject({
      reason: 'ResultMissing',
      message: expect.stringContaining('could not be read'),
    });
  });

  test('a kubelet that cannot be reached uses up no try, and since when is kept', async () => {
    const { does, memory, transport, clock } = stage(refusal(500, 'InternalError'));
    await does(read);
    const first = memory.logs.get('uid-pod');
    await clock.advance(7000);
    await does(read);
    expect([first, memory.logs.get('uid-pod')]).toMatchObject([
      { tries: 0, at: start, awaySince: start },
      { tries: 0, at: start + 7000, awaySince: start },
    ]);
    expect(transport.requests).toHaveLength(2);
  });

  test('a log that can be reached again counts anew', async () => {
    const { does, memory } = stage(refusal(500, 'InternalError'), refusal(404, 'NotFound'));
    await does([...read, ...read]);
    expect(memory.logs.get('uid-pod')).toMatchObject({ tries: 1 });
    expect(memory.logs.get('uid-pod')).not.toHaveProperty('awaySince');
  });

  test('without an API server nothing is said of the log', async () => {
    const { does, memory, clock } = stage(new Error('connect ECONNREFUSED'));
    await expect(clock.until(does(read))).rejects.toThrow('ECONNREFUSED');
    expect(memory.logs.size).toBe(0);
  });

  test('only the end is read first, and more when that was not enough', async () => {
    const { does, transport, caches } = stage(reply(200, ''));
    caches.pods.observe(own);
    await does([...read, ...read]);
    expect(transport.requests.map(({ query }) => query?.['tailLines'])).toEqual(['100', '10000']);
  });
});

describe('results', () => {
  const observed: Observed = seen([succeeded()]);
  const publish: Action[] = [{ type: 'Publish', name: 'net-results', status: { phase: 'Succeeded' }, records: [record()] }];
  const taken = refusal(409, 'AlreadyExists');

  test('are put into a ConfigMap of the benchmark', async () => {
    const { does, transport } = stage(echo);
    expect(await does(publish, observed)).toBe(false);
    expect(transport.requests[0]).toMatchObject({
      method: 'POST',
      body: { metadata: { name: 'net-results', ownerReferences: [{ uid: 'uid-net' }] } },
    });
  });

  test('of a pass that was broken off are written again', async () => {
    const before = { metadata: { name: 'net-results', annotations: { 'assay.dev/owner-uid': 'uid-net' } } };
    const { does, memory, requests } = stage(taken, reply(200, before), reply(200, {}));
    await does(publish, observed);
    expect(requests()).toEqual(['POST configmaps', 'GET configmaps/net-results', 'PUT configmaps/net-results']);
    expect(memory.unpublished).toBeUndefined();
  });

  test("do not overwrite somebody else's", async () => {
    const { does, memory, requests } = stage(taken, reply(200, { metadata: { name: 'net-results' } }));
    expect(await does(publish, observed)).toBe(true);
    expect(memory.unpublished).toMatch(/results not published: ConfigMap net-results exists/);
    expect(requests()).not.toContain('PUT configmaps/net-results');
  });

  test('that the server does not want are told, and not tried for ever', async () => {
    const { does, memory } = stage(refusal(403, 'Forbidden', {}, { message: 'exceeded quota' }));
    expect(await does(publish, observed)).toBe(true);
    expect(memory.unpublished).toMatch(/exceeded quota/);
  });

  test('wait for a server in trouble', async () => {
    await expect(stage(refusal(503, 'ServiceUnavailable')).does(publish, observed)).rejects.toThrow('503');
  });
});

test('a status is written with the version that was looked at, and seen at once', async () => {
  const { options, transport, caches } = stage(({ body }) => reply(200, body));
  const { benchmark } = seen();
  await writeStatus({ ...benchmark, metadata: { ...benchmark.metadata, resourceVersion: '7' } }, { phase: 'Running' }, options);
  expect(transport.requests).toMatchObject([
    {
      method: 'PUT',
      path: expect.stringMatching(/benchmarks\/net\/status$/),
      body: { metadata: { resourceVersion: '7' }, status: { phase: 'Running' } },
    },
  ]);
  expect(caches.benchmarks.get('bench/net')?.status).toEqual({ phase: 'Running' });
});
