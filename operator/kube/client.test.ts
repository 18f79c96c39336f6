import { describe, expect, test } from '@jest/globals';
import { KubeClient } from './client.ts';
import type { ClientOptions } from './client.ts';
import { FakeClock } from './fake-clock.ts';
import { Limiter } from './limiter.ts';
import { Metrics } from './metrics.ts';
import { benchmarks, pods } from './object.ts';
import { listOf, pod, refusal, reply, ScriptedTransport } from './scripted-transport.ts';

const benchmark = (more: object = {}) => ({
  metadata: { namespace: 'team', name: 'net', resourceVersion: '5' },
  spec: { sleep: {} },
  ...more,
});
const path = '/apis/assay.dev/v1alpha1/namespaces/team/benchmarks';
const ref = { namespace: 'team', name: 'net' };
const typed = { apiVersion: 'assay.dev/v1alpha1', kind: 'Benchmark' };

const get = (c: KubeClient) => c.get(benchmarks, ref);
const create = (c: KubeClient) => c.create(benchmarks, benchmark());
const after = (seconds: number) => ({ 'retry-after': String(seconds) });
const hang = () => new Promise<never>(() => undefined);

function setup(answers: ScriptedTransport['answers'], options: ClientOptions = {}) {
  const transport = new ScriptedTransport(...answers);
  const clock = new FakeClock(0);
  return { transport, clock, client: new KubeClient(transport, { clock, random: () => 0, ...options }) };
}

describe('requests', () => {
  const cases: [string, (client: KubeClient) => Promise<unknown>, object][] = [
    ['get', (c) => c.get(benchmarks, ref), { method: 'GET', path: `${path}/net` }],
    ['create', (c) => c.create(benchmarks, benchmark()), { method: 'POST', path, query: {}, body: { ...benchmark(), ...typed } }],
    [
      'create with strict fields',
      (c) => c.create(benchmarks, benchmark(), { fieldValidation: 'Strict' }),
      { method: 'POST', path, query: { fieldValidation: 'Strict' }, body: { ...benchmark(), ...typed } },
    ],
    [
      'replace',
      (c) => c.replace(benchmarks, benchmark()),
      { method: 'PUT', path: `${path}/net`, query: {}, body: { ...benchmark(), ...typed } },
    ],
    [
      'replaceStatus',
      (c) => c.replaceStatus(benchmarks, benchmark()),
      { method: 'PUT', path: `${path}/net/status`, query: {}, body: { ...benchmark(), ...typed } },
    ],
    [
      'merge patch',
      (c) => c.patch(benchmarks, ref, { spec: { cancel: true } }, { type: 'merge' }),
      { method: 'PATCH', path: `${path}/net`, query: {}, body: { spec: { cancel: true } }, contentType: 'application/merge-patch+json' },
    ],
    [
      'apply of the status',
      (c) => c.patch(benchmarks, ref, { status: {} }, { type: 'apply', subresource: 'status', fieldManager: 'assay', force: true }),
      {
        method: 'PATCH',
        path: `${path}/net/status`,
        query: { fieldManager: 'assay', force: 'true' },
        body: { ...typed, status: {} },
        contentType: 'application/apply-patch+yaml',
      },
    ],
    [
      'delete of one object only',
      (c) => c.delete(benchmarks, ref, { uid: 'u', resourceVersion: '7', gracePeriodSeconds: 0, propagationPolicy: 'Background' }),
      {
        method: 'DELETE',
        path: `${path}/net`,
        body: {
          apiVersion: 'v1',
          kind: 'DeleteOptions',
          gracePeriodSeconds: 0,
          propagationPolicy: 'Background',
          preconditions: { uid: 'u', resourceVersion: '7' },
        },
      },
    ],
    [
      'delete',
      (c) => c.delete(benchmarks, ref),
      { method: 'DELETE', path: `${path}/net`, body: { apiVersion: 'v1', kind: 'DeleteOptions' } },
    ],
    [
      'log',
      (c) => c.log({ namespace: 'team', name: 'p' }, { container: 'main', tailLines: 5, limitBytes: 100 }),
      { method: 'GET', path: '/api/v1/namespaces/team/pods/p/log', query: { container: 'main', tailLines: '5', limitBytes: '100' } },
    ],
  ];

  test.each(cases)('%s', async (_, call, expected) => {
    const { client, transport } = setup([reply(200, {})]);
    await call(client);
    expect(transport.requests).toEqual([expected]);
  });

  test('list asks for one page and gives the items their kind', async () => {
    const { client, transport } = setup([listOf(9, [{ metadata: { name: 'a' } }], 'more')]);
    const list = await client.list(pods, { namespace: 'default', labelSelector: 'assay.dev/set=x', limit: 1, continue: 'token' });
    expect(transport.requests[0]?.query).toEqual({ labelSelector: 'assay.dev/set=x', limit: '1', continue: 'token' });
    expect(list).toEqual({
      items: [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } }],
      metadata: { resourceVersion: '9', continue: 'more' },
    });
  });

  test('a list whose items are null, as Go writes an empty one, is empty', async () => {
    const { client } = setup([reply(200, { metadata: { resourceVersion: '1' }, items: null })]);
    expect((await client.list(pods)).items).toEqual([]);
  });

  test.each([
    ['a page of a proxy', '<html>log in</html>'],
    ['nothing', null],
    ['no version', { metadata: {}, items: [] }],
  ])('%s is not taken for an empty list', async (_, body) => {
    const { client } = setup([reply(200, body)]);
    await expect(client.list(pods)).rejects.toThrow('GET /api/v1/pods: the reply is no list');
  });

  test('fields that no model knows stay in the object', async () => {
    const { client, transport } = setup([reply(201, {})]);
    const object = { ...pod('a', 1), spec: { containers: [], futureField: { x: 1 } } };
    await client.create(pods, object);
    expect(transport.requests[0]?.body).toMatchObject({ spec: { futureField: { x: 1 } } });
  });

  test('a log that was parsed as JSON on the way is text again', async () => {
    const { client } = setup([reply(200, { result: 1 })]);
    expect(await client.log(ref, { container: 'main' })).toBe('{"result":1}');
  });
});

describe('retries', () => {
  const reset = new Error('read ECONNRESET');

  test.each([
    ['a read after 429', get, [refusal(429, 'TooManyRequests', after(2))], 2],
    ['a write after 429', create, [refusal(429, 'TooManyRequests', after(2))], 2],
    ['a write after 429 without a time', create, [refusal(429, 'TooManyRequests')], 2],
    ['a read after 503', get, [refusal(503, 'ServiceUnavailable')], 2],
    ['a write after 503 with Retry-After', create, [refusal(503, 'ServiceUnavailable', after(1))], 2],
    ['a read after a reset', get, [reset], 2],
  ])('sends again: %s', async (_, call, failures, tries) => {
    const { client, transport, clock } = setup([...failures, reply(200, {})]);
    await clock.until(call(client));
    expect(transport.requests).toHaveLength(tries);
  });

  test.each([
    ['a write after 503 without Retry-After', create, refusal(503, 'ServiceUnavailable')],
    ['a write after a reset, which may have been done', create, reset],
    ['a 500', get, refusal(500, 'InternalError')],
    ['a 404', get, refusal(404, 'NotFound')],
    ['a 409', create, refusal(409, 'AlreadyExists')],
    ['a Retry-After beyond the bound', get, refusal(429, 'TooManyRequests', after(31))],
  ])('does not send again: %s', async (_, call, failure) => {
    const { client, transport, clock } = setup([failure, reply(200, {})]);
    await expect(clock.until(call(client))).rejects.toThrow();
    expect(transport.requests).toHaveLength(1);
  });

  test('waits as long as the server says', async () => {
    const { client, clock } = setup([refusal(429, 'TooManyRequests', after(7)), reply(200, {})]);
    await clock.until(get(client));
    expect(clock.now()).toBeGreaterThanOrEqual(7000);
  });

  test("gives up after five tries with the server's last word", async () => {
    const { client, transport, clock } = setup([refusal(429, 'TooManyRequests', after(1))]);
    await expect(clock.until(get(client))).rejects.toMatchObject({ status: 429, reason: 'TooManyRequests' });
    expect(transport.requests).toHaveLength(5);
  });

  test("a second reset is the caller's", async () => {
    const { client, transport, clock } = setup([reset]);
    await expect(clock.until(get(client))).rejects.toMatchObject({
      reason: 'Connection',
      message: expect.stringContaining('read ECONNRESET'),
    });
    expect(transport.requests).toHaveLength(2);
  });

  test('stops waiting when the caller gives up', async () => {
    const { client, clock } = setup([refusal(429, 'TooManyRequests', after(20))]);
    const controller = new AbortController();
    const call = client.get(benchmarks, ref, controller.signal);
    const failed = expect(call).rejects.toThrow('given up');
    await clock.advance(100);
    controller.abort();
    await failed;
    expect(clock.pending).toBe(0);
  });
});

describe('time-outs', () => {
  test('a server that does not answer costs the limit, not more', async () => {
    const { client, clock } = setup([hang], { timeout: 5000 });
    await expect(clock.until(client.create(benchmarks, benchmark()))).rejects.toMatchObject({
      reason: 'Timeout',
      message: `POST ${path}: no reply within 5 s`,
    });
    expect(clock.now()).toBe(5000);
  });

  test('a watch that does not open ends, and its connection with it', async () => {
    const { client, clock, transport } = setup([]);
    let seen: AbortSignal | undefined;
    transport.watch = (_, signal) => {
      seen = signal;
      return hang();
    };
    await expect(clock.until(client.watch(pods, {}, new AbortController().signal))).rejects.toMatchObject({ reason: 'Timeout' });
    expect(seen?.aborted).toBe(true);
  });

  test('an opened watch has no limit of the client', async () => {
    const { client, clock, transport } = setup([]);
    const events = await client.watch(pods, {}, new AbortController().signal);
    await clock.advance(3_600_000);
    transport.stream.push('still here');
    expect((await events[Symbol.asyncIterator]().next()).value).toBe('still here');
  });
});

describe('watch', () => {
  test('names selectors and where to resume', async () => {
    const { client, transport } = setup([]);
    await client.watch(
      pods,
      { namespace: 'default', labelSelector: 'a=b', resourceVersion: '7', timeoutSeconds: 290, allowWatchBookmarks: true },
      new AbortController().signal,
    );
    expect(transport.watches[0]).toEqual({
      method: 'GET',
      path: '/api/v1/namespaces/default/pods',
      query: { watch: 'true', labelSelector: 'a=b', resourceVersion: '7', timeoutSeconds: '290', allowWatchBookmarks: 'true' },
    });
  });

  test("throws the server's refusal", async () => {
    const { client, transport } = setup([]);
    transport.refusals = [refusal(410, 'Expired')];
    await expect(client.watch(pods, {}, new AbortController().signal)).rejects.toMatchObject({ status: 410 });
  });
});

describe('rate limit and metrics', () => {
  test('every request takes a token, watches and retries too', async () => {
    const clock = new FakeClock(0);
    const limiter = new Limiter({ qps: 1, burst: 1, clock });
    const { client } = setup([reply(200, {})], { clock, limiter });
    const all = Promise.all([
      client.get(benchmarks, ref),
      client.get(benchmarks, ref),
      client.watch(pods, {}, new AbortController().signal),
    ]);
    await clock.until(all);
    expect(clock.now()).toBe(2000);
  });

  test('counts by verb, resource and code; 0 without a reply', async () => {
    const metrics = new Metrics();
    const { client, clock } = setup([reply(201, {}), refusal(409, 'AlreadyExists'), new Error('reset')], { metrics });
    for (let call = 0; call < 3; call++) await clock.until(client.create(benchmarks, benchmark()).catch(() => undefined));
    const { values } = await metrics.requests.get();
    expect(values.map(({ labels, value }) => [labels.verb, labels.resource, labels.code, value])).toEqual([
      ['create', 'benchmarks', 201, 1],
      ['create', 'benchmarks', 409, 1],
      ['create', 'benchmarks', 0, 1],
    ]);
  });
});

test('close ends the transport', async () => {
  const { client, transport } = setup([]);
  await client.close();
  expect(transport.closed).toBe(true);
});
