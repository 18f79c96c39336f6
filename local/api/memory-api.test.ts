import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { KubeClient } from '../../operator/kube/client.ts';
import { FakeClock } from '../../operator/kube/fake-clock.ts';
import { configMaps, namespaces, pods } from '../../operator/kube/object.ts';
import type { KubeObject } from '../../operator/kube/object.ts';
import type { ApiReply } from '../../operator/kube/transport.ts';
import { MemoryApi } from './memory-api.ts';
import type { MemoryApiOptions } from './memory-api.ts';
import { textAt } from './object.ts';
import { StatusError } from './status.ts';

interface ConfigMap extends KubeObject {
  data?: Record<string, string>;
}

const path = '/api/v1/namespaces/default/configmaps';
const forever = new AbortController().signal;

let api: MemoryApi;
let client: KubeClient;

function start(options: MemoryApiOptions = {}): void {
  api = new MemoryApi(options);
  client = new KubeClient(api);
}

beforeEach(() => {
  start();
});

afterEach(async () => {
  await api.close();
});

function configMap(name: string, data: Record<string, string> = {}, namespace = 'default'): ConfigMap {
  return { metadata: { name, namespace }, data };
}

async function stored(): Promise<ConfigMap> {
  return await client.get<ConfigMap>(configMaps, { name: 'a', namespace: 'default' });
}

interface Pod extends KubeObject {
  spec: { containers: { name: string; image: string }[] };
}

function pod(metadata: KubeObject['metadata'], ...containers: string[]): Pod {
  return { metadata, spec: { containers: containers.map((name) => ({ name, image: 'a:1' })) } };
}

describe('callers share nothing with the store', () => {
  test('not the body that they send', async () => {
    const body = configMap('a', { text: 'mine' });
    await client.create(configMaps, body);
    Object.assign(body.data ?? {}, { text: 'changed' });
    expect((await stored()).data).toEqual({ text: 'mine' });
  });

  test.each<[string, (reply: ApiReply) => unknown]>([
    ['the reply to a GET', ({ body }) => body],
    ['an item of a list', ({ body }) => (body as { items: unknown[] }).items[0]],
  ])('not %s', async (_, take) => {
    await client.create(configMaps, configMap('a', { text: 'mine' }));
    const reply = await api.send({ method: 'GET', path: take.toString().includes('items') ? path : `${path}/a` });
    Object.assign((take(reply) as ConfigMap).data ?? {}, { text: 'changed' });
    expect((await stored()).data).toEqual({ text: 'mine' });
  });

  test('not the object of an event', async () => {
    const { events } = await api.watch({ method: 'GET', path }, forever);
    await client.create(configMaps, configMap('a', { text: 'mine' }));
    for await (const event of events) {
      Object.assign((event as { object: ConfigMap }).object.data ?? {}, { text: 'changed' });
      break;
    }
    expect((await stored()).data).toEqual({ text: 'mine' });
  });

  test('and two watchers do not share one event', async () => {
    const watches = await Promise.all([1, 2].map(() => api.watch({ method: 'GET', path }, forever)));
    await client.create(configMaps, configMap('a'));
    const first = await Promise.all(watches.map(async ({ events }) => (await events[Symbol.asyncIterator]().next()).value as object));
    expect(first[0]).toEqual(first[1]);
    expect(first[0]).not.toBe(first[1]);
  });
});

describe('namespaces', () => {
  test('default and kube-system are there', async () => {
    const { items } = await client.list(namespaces);
    expect(items.map(({ metadata }) => metadata.name)).toEqual(['default', 'kube-system']);
  });

  test('are made as needed where that is asked for', async () => {
    start({ createNamespaces: true });
    await client.create(configMaps, configMap('a', {}, 'fresh'));
    expect(await client.get(namespaces, { name: 'fresh' })).toMatchObject({ status: { phase: 'Active' } });
  });

  test('are refused otherwise', async () => {
    await expect(client.create(configMaps, configMap('a', {}, 'fresh'))).rejects.toThrow('namespaces "fresh" not found');
  });
});

describe('logs', () => {
  const a = { name: 'a', namespace: 'default' };

  test('come from the source, which is told what is wanted', async () => {
    start({ logs: ({ metadata }, options) => JSON.stringify([metadata.name, options]) });
    await client.create(pods, pod(a, 'main', 'side'));
    const text = await client.log({ name: 'a', namespace: 'default' }, { container: 'side', tailLines: 5, limitBytes: 100 });
    expect(JSON.parse(text)).toEqual(['a', { container: 'side', previous: false, tailLines: 5, limitBytes: 100 }]);
  });

  test('of a pod with several containers need a name', async () => {
    await client.create(pods, pod(a, 'main', 'side'));
    const reply = await api.send({ method: 'GET', path: '/api/v1/namespaces/default/pods/a/log' });
    expect(reply).toMatchObject({
      status: 400,
      body: { message: 'a container name must be specified for pod a, choose one of: [main side]' },
    });
  });

  test('are plain text', async () => {
    start({ logs: () => '{"json": true}' });
    await client.create(pods, pod(a, 'main'));
    const reply = await api.send({ method: 'GET', path: '/api/v1/namespaces/default/pods/a/log' });
    expect(reply).toEqual({ status: 200, headers: { 'content-type': 'text/plain' }, body: '{"json": true}' });
  });

  test('that the source refuses are refused', async () => {
    start({
      logs: () => {
        throw new StatusError(400, 'BadRequest', 'container is waiting to start');
      },
    });
    await client.create(pods, pod(a, 'main'));
    await expect(client.log({ name: 'a', namespace: 'default' }, { container: 'main' })).rejects.toThrow('waiting to start');
  });
});

describe('a server', () => {
  test('that is closed ends its watches and refuses requests', async () => {
    const { events } = await api.watch({ method: 'GET', path }, forever);
    const next = events[Symbol.asyncIterator]().next();
    await api.close();
    await expect(next).rejects.toThrow('closed');
    await expect(api.send({ method: 'GET', path })).rejects.toThrow('closed');
    await expect(api.watch({ method: 'GET', path }, forever)).rejects.toThrow('closed');
  });

  test('does not begin a request whose caller has given up', async () => {
    const stop = new AbortController();
    const sent = api.send({ method: 'POST', path, body: { metadata: { name: 'a' } } }, stop.signal);
    stop.abort(new Error('too late'));
    await expect(sent).rejects.toThrow('too late');
    expect((await client.list(configMaps)).items).toEqual([]);
  });

  test('answers requests of one turn in their order', async () => {
    const replies = await Promise.all(['a', 'b', 'c'].map((name) => client.create(configMaps, configMap(name))));
    const versions = replies.map(({ metadata }) => Number(metadata.resourceVersion));
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
  });

  test('stamps with its clock', async () => {
    start({ clock: new FakeClock('2030-05-06T07:08:09Z') });
    const { metadata } = await client.create(configMaps, configMap('a'));
    expect(metadata.creationTimestamp).toBe('2030-05-06T07:08:09Z');
  });

  test('forgets history on compaction', async () => {
    await client.create(configMaps, configMap('a'));
    api.compact();
    const { events } = await api.watch({ method: 'GET', path, query: { resourceVersion: '1' } }, forever);
    const { value } = await events[Symbol.asyncIterator]().next();
    expect(textAt(value, 'type')).toBe('ERROR');
  });

  test.each([
    ['POST', `${path}/a`],
    ['PUT', path],
    ['PATCH', path],
    ['DELETE', '/api/v1/configmaps'],
    ['POST', '/api/v1/configmaps'],
    ['DELETE', '/api/v1/namespaces/default/pods/a/status'],
  ] as const)('refuses %s to %s', async (method, where) => {
    const reply = await api.send({ method, path: where, body: {}, contentType: 'application/merge-patch+json' });
    expect(reply).toMatchObject({ status: 405, body: { reason: 'MethodNotAllowed' } });
  });

  test.each(['/api/v1/things', '/api/v1/namespaces/default/nodes', '/api/v1/pods/a', '/api/v1/namespaces/default/pods/a/exec', '/metrics'])(
    'knows nothing under %s',
    async (where) => {
      expect(await api.send({ method: 'GET', path: where })).toMatchObject({ status: 404, body: { reason: 'NotFound' } });
    },
  );
});

test('ten thousand owners with two pods each are made, paged, watched and collected', async () => {
  start({ historyLimit: 100_000 });
  const owner = await client.create(configMaps, configMap('owner'));
  const { uid = '', resourceVersion = '' } = owner.metadata;
  const ownerReferences = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid }];
  const children = Array.from({ length: 10_000 }, (_, index) => `child-${index}`);
  for (const name of children) {
    const { metadata } = await client.create<ConfigMap>(configMaps, { metadata: { name, namespace: 'default', ownerReferences } });
    const mine = [{ apiVersion: 'v1', kind: 'ConfigMap', name, uid: metadata.uid ?? '' }];
    for (const role of ['server', 'client']) {
      await client.create(pods, pod({ name: `${name}-${role}`, namespace: 'default', ownerReferences: mine }, 'main'));
    }
  }
  let seen = 0;
  for (let next: string | undefined = ''; next !== undefined;) {
    const page: { items: KubeObject[]; metadata: { continue?: string } } = await client.list(pods, { limit: 500, continue: next });
    seen += page.items.length;
    next = page.metadata.continue;
  }
  expect(seen).toBe(20_000);
  await client.delete(configMaps, { name: 'owner', namespace: 'default' });
  const events = await client.watch(pods, { resourceVersion }, forever);
  let gone = 0;
  for await (const event of events) {
    if (textAt(event, 'type') === 'DELETED') gone += 1;
    if (gone === 20_000) break;
  }
  expect((await client.list(pods)).items).toEqual([]);
}, 60_000);
