import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { FaultyTransport } from '../../local/api/faults/faulty-transport.ts';
import type { FaultPlan } from '../../local/api/faults/fault.ts';
import { script } from '../../local/api/faults/fault.ts';
import { MemoryApi } from '../../local/api/memory-api.ts';
import { HttpsTransport } from '../../operator/kube/https-transport.ts';
import type { FaultProxy } from './fault-proxy.ts';
import { startFaultProxy } from './fault-proxy.ts';

const path = '/api/v1/namespaces/default/configmaps';

let api: MemoryApi;
let proxy: FaultProxy | undefined;
let client: HttpsTransport | undefined;

beforeEach(() => {
  api = new MemoryApi();
});

afterEach(async () => {
  await client?.close();
  await proxy?.close();
  await api.close();
});

async function through(plan: FaultPlan = () => undefined): Promise<HttpsTransport> {
  proxy = await startFaultProxy(new FaultyTransport(api, plan));
  client = new HttpsTransport({ server: proxy.server, credentials: () => Promise.resolve({ headers: {}, tls: {} }) });
  return client;
}

test('hands requests and replies on as they are', async () => {
  const transport = await through();
  const body = { metadata: { name: 'a' }, data: { text: 'täxt' } };
  expect(await transport.send({ method: 'POST', path, body })).toMatchObject({ status: 201, body });
  const direct = await api.send({ method: 'GET', path, query: { labelSelector: '!b' } });
  expect((await transport.send({ method: 'GET', path, query: { labelSelector: '!b' } })).body).toEqual(direct.body);
  const patch = { method: 'PATCH', path: `${path}/a`, body: { data: null }, contentType: 'application/merge-patch+json' } as const;
  expect(await transport.send(patch)).toMatchObject({ status: 200 });
  expect(await transport.send({ method: 'DELETE', path: `${path}/none` })).toMatchObject({ status: 404, body: { reason: 'NotFound' } });
});

test('hands the events of a watch on one by one', async () => {
  const transport = await through();
  const { events } = await transport.watch({ method: 'GET', path, query: { watch: 'true' } }, new AbortController().signal);
  const next = events[Symbol.asyncIterator]();
  await api.send({ method: 'POST', path, body: { metadata: { name: 'a' } } });
  expect((await next.next()).value).toMatchObject({ type: 'ADDED', object: { metadata: { name: 'a' } } });
  await api.send({ method: 'DELETE', path: `${path}/a` });
  expect((await next.next()).value).toMatchObject({ type: 'DELETED' });
});

test('turns a fault of the transport into a broken connection', async () => {
  const transport = await through(script({ list: [{ type: 'Reset' }] }));
  await expect(transport.send({ method: 'GET', path })).rejects.toThrow(/socket hang up|ECONNRESET/);
  expect(await transport.send({ method: 'GET', path })).toMatchObject({ status: 200 });
});

test('breaks a watch off in its middle', async () => {
  const transport = await through(script({ watch: [{ type: 'Reset', after: 1 }] }));
  const { events } = await transport.watch({ method: 'GET', path, query: { watch: 'true' } }, new AbortController().signal);
  const next = events[Symbol.asyncIterator]();
  const both = Promise.allSettled([next.next(), next.next()]);
  await api.send({ method: 'POST', path, body: { metadata: { name: 'a' } } });
  expect(await both).toMatchObject([
    { status: 'fulfilled', value: { value: { type: 'ADDED' } } },
    { status: 'rejected', reason: { message: 'aborted' } },
  ]);
});

test('hands a refusal on with its headers', async () => {
  const transport = await through(script({ watch: [{ type: 'Status', code: 429, retryAfterSeconds: 7 }] }));
  const reply = await transport.watch({ method: 'GET', path, query: { watch: 'true' } }, new AbortController().signal);
  expect(reply).toMatchObject({ status: 429, headers: { 'retry-after': '7' }, body: { reason: 'TooManyRequests' } });
});

test('tells the server that a client is gone', async () => {
  const transport = await through();
  const stop = new AbortController();
  const { events } = await transport.watch({ method: 'GET', path, query: { watch: 'true' } }, stop.signal);
  const next = events[Symbol.asyncIterator]().next();
  stop.abort(new Error('enough'));
  await expect(next).rejects.toThrow('aborted');
  // A proxy that still held the watch would not close.
  await proxy?.close();
  proxy = undefined;
});
