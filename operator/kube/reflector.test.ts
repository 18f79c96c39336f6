import { beforeEach, describe, expect, test } from '@jest/globals';
import { Cache } from './cache.ts';
import { KubeClient } from './client.ts';
import { FakeClock } from './fake-clock.ts';
import { Metrics } from './metrics.ts';
import { pods } from './object.ts';
import type { KubeObject } from './object.ts';
import { Reflector } from './reflector.ts';
import type { ReflectorOptions } from './reflector.ts';
import { listOf, pod, refusal, reply, ScriptedTransport } from './scripted-transport.ts';
import type { ApiReply } from './transport.ts';

let clock: FakeClock;
let transport: ScriptedTransport;
let cache: Cache<KubeObject>;
let changes: string[];
let metrics: Metrics;

beforeEach(() => {
  clock = new FakeClock(0);
  transport = new ScriptedTransport(listOf(10, [pod('a', 1), pod('b', 2)]));
  cache = new Cache();
  changes = [];
  metrics = new Metrics();
});

function reflector(options: Partial<ReflectorOptions<KubeObject>> = {}): Reflector<KubeObject> {
  const client = new KubeClient(transport, { clock, random: () => 0 });
  return new Reflector({ client, resource: pods, cache, clock, metrics, random: () => 0, ...options });
}

/** A reflector that has listed and watches; changes are logged from then on. */
async function watching(options?: Partial<ReflectorOptions<KubeObject>>): Promise<Reflector<KubeObject>> {
  const made = reflector(options);
  made.start();
  await made.synced;
  await clock.advance(0);
  cache.onChange(({ type, object }) => changes.push(`${type} ${object.metadata.name}@${object.metadata.resourceVersion}`));
  return made;
}

const event = (type: string, object: unknown) => ({ type, object });
const bookmark = (version: number) => event('BOOKMARK', { kind: 'Pod', metadata: { resourceVersion: String(version) } });
const status = (code: number, reason: string, more: object = {}) => ({ kind: 'Status', code, reason, message: reason, ...more });
const resumes = () => transport.watches.map(({ query }) => query?.resourceVersion);
const relisted = () => listOf(30, [pod('a', 1), pod('c', 25)]);
const answer = (request: { path: string }) =>
  request.path.includes('/one/') ? listOf(10, [pod('a', 1, { namespace: 'one' })]) : listOf(20, [pod('b', 2, { namespace: 'two' })]);
const names = () => cache.list().map(({ metadata }) => metadata.name);

describe('the first list', () => {
  test('fills the cache before synced resolves', async () => {
    const made = reflector();
    expect(made.hasSynced).toBe(false);
    made.start();
    await made.synced;
    expect([names(), made.hasSynced]).toEqual([['a', 'b'], true]);
  });

  test('is tried again until it succeeds, with growing delays', async () => {
    transport = new ScriptedTransport(refusal(500, 'InternalError'), refusal(500, 'InternalError'), listOf(10, [pod('a', 1)]));
    const made = reflector();
    made.start();
    await clock.until(made.synced);
    expect([names(), clock.now()]).toEqual([['a'], 3000]);
  });

  test('is not a reply that only looks well: what was known is not deleted', async () => {
    await watching();
    transport.answers = [reply(200, '<html>log in</html>'), listOf(30, [pod('a', 1), pod('b', 2)])];
    transport.stream.push(event('ERROR', status(410, 'Expired')));
    await clock.advance(30_000);
    expect([changes, resumes().at(-1)]).toEqual([[], '30']);
  });

  test('says what keeps it from success', async () => {
    transport = new ScriptedTransport(refusal(403, 'Forbidden'));
    const made = reflector();
    made.start();
    await clock.advance(10);
    expect(String(made.lastError)).toContain('403 Forbidden');
  });

  test('is selected by labels, in pages', async () => {
    await watching({ labelSelector: 'assay.dev/benchmark', pageSize: 7 });
    expect(transport.requests[0]?.query).toEqual({ labelSelector: 'assay.dev/benchmark', limit: '7' });
    expect(transport.watches[0]?.query).toMatchObject({ labelSelector: 'assay.dev/benchmark' });
  });
});

describe('the watch', () => {
  test('begins where the list ended, with bookmarks and an end of its own', async () => {
    await watching();
    expect(transport.watches[0]?.query).toEqual({
      watch: 'true',
      resourceVersion: '10',
      timeoutSeconds: '290',
      allowWatchBookmarks: 'true',
    });
  });

  test('ends at a random time, so that many do not end together', async () => {
    await watching({ random: () => 0.5 });
    expect(transport.watches[0]?.query?.timeoutSeconds).toBe('305');
  });

  test('brings changes', async () => {
    await watching();
    transport.stream.push(event('ADDED', pod('c', 11)), event('MODIFIED', pod('a', 12)), event('DELETED', pod('b', 13)));
    await clock.advance(0);
    expect(changes).toEqual(['Added c@11', 'Modified a@12', 'Deleted b@13']);
  });

  test('duplicates and events out of order do no harm', async () => {
    await watching();
    transport.stream.push(event('MODIFIED', pod('a', 12)), event('MODIFIED', pod('a', 11)), event('MODIFIED', pod('a', 12)));
    transport.stream.push(event('DELETED', pod('b', 14)), event('MODIFIED', pod('b', 13)));
    await clock.advance(0);
    expect(changes).toEqual(['Modified a@12', 'Deleted b@14']);
  });

  test('an own write is seen at once, and only once', async () => {
    await watching();
    cache.observe(pod('a', 12));
    transport.stream.push(event('MODIFIED', pod('a', 11)), event('MODIFIED', pod('a', 12)));
    await clock.advance(0);
    expect(changes).toEqual(['Modified a@12']);
  });
});

describe('after the watch ended', () => {
  test('resumes at once from the last event when it had lived', async () => {
    await watching();
    transport.stream.push(event('ADDED', pod('c', 11)));
    await clock.advance(60_000);
    transport.stream.end();
    await clock.advance(0);
    expect([resumes(), transport.requests.length]).toEqual([['10', '11'], 1]);
  });

  test('resumes from a bookmark', async () => {
    await watching();
    transport.stream.push(bookmark(500));
    await clock.advance(60_000);
    transport.stream.end();
    await clock.advance(0);
    expect(resumes()).toEqual(['10', '500']);
  });

  test('a server that ends watches at once is not asked in a tight loop', async () => {
    await watching();
    const opened = transport.watches.length;
    for (let second = 0; second < 60; second++) {
      for (const stream of transport.streams) stream.end();
      await clock.advance(1000);
    }
    expect(transport.watches.length - opened).toBeLessThanOrEqual(7);
  });

  test.each([
    ['the connection breaks', async () => transport.stream.fail(new Error('ECONNRESET'))],
    ['a line is no event', async () => transport.stream.push('<html>')],
    ['the server says 500 inside the stream', async () => transport.stream.push(event('ERROR', status(500, 'InternalError')))],
    ['nothing comes for too long', async () => await clock.advance(120_000)],
  ])('resumes without a new list when %s', async (_, fault) => {
    await watching();
    transport.stream.push(event('ADDED', pod('c', 11)));
    await clock.advance(0);
    await fault();
    await clock.advance(1000);
    expect([resumes(), transport.requests.length, names()]).toEqual([['10', '11'], 1, ['a', 'b', 'c']]);
  });

  test.each([
    ['reset', new Error('ECONNRESET')],
    ['429', refusal(429, 'TooManyRequests')],
    ['500', refusal(500, 'InternalError')],
  ])('opens it again when opening fails with %s', async (_, failure) => {
    await watching();
    transport.refusals = [failure];
    transport.stream.fail(new Error('ECONNRESET'));
    await clock.advance(5000);
    expect(resumes()).toEqual(['10', '10', '10']);
  });

  test('waits as long as the server wants', async () => {
    await watching();
    transport.refusals = [refusal(429, 'TooManyRequests', { 'retry-after': '20' })];
    transport.stream.fail(new Error('ECONNRESET'));
    await clock.advance(20_000);
    expect(transport.watches).toHaveLength(2);
    await clock.advance(2000);
    expect(transport.watches).toHaveLength(3);
  });

  test('a silent connection is closed though its server ignores that', async () => {
    await watching();
    transport.stream.deaf = true;
    await clock.advance(125_000);
    expect([transport.watches.length, transport.streams.map(({ left }) => left)]).toEqual([2, [true, false]]);
  });
});

describe('a list taken anew', () => {
  test.each([
    ['410 inside the stream', () => transport.stream.push(event('ERROR', status(410, 'Expired')))],
    [
      '410 on opening',
      () => {
        transport.refusals = [refusal(410, 'Expired')];
        transport.stream.fail(new Error('ECONNRESET'));
      },
    ],
  ])('after %s tells what was deleted meanwhile', async (_, fault) => {
    await watching();
    transport.answers = [relisted()];
    fault();
    await clock.advance(5000);
    expect(changes).toEqual(['Deleted b@2', 'Added c@25']);
    expect(resumes().at(-1)).toBe('30');
  });

  test('follows many failures in a row, in case the place to resume from is the fault', async () => {
    await watching();
    transport.answers = [relisted()];
    transport.refusals = Array.from({ length: 4 }, () => refusal(504, 'Timeout'));
    transport.stream.fail(new Error('ECONNRESET'));
    await clock.advance(60_000);
    expect([names(), resumes().at(-1)]).toEqual([['a', 'c'], '30']);
  });

  test('of a server that was set back wins over newer versions', async () => {
    await watching();
    transport.answers = [listOf(5, [pod('a', 1, { labels: { restored: 'yes' } })])];
    transport.stream.push(event('MODIFIED', pod('a', 12)), event('ERROR', status(410, 'Expired')));
    await clock.advance(5000);
    expect(cache.list().map(({ metadata }) => [metadata.name, metadata.resourceVersion])).toEqual([['a', '1']]);
  });
});

describe('namespaces', () => {
  test('each has its own list and watch', async () => {
    transport = new ScriptedTransport(answer);
    await watching({ namespaces: ['one', 'two', 'one'] });
    expect(transport.watches.map(({ path, query }) => [path, query?.resourceVersion])).toEqual([
      ['/api/v1/namespaces/one/pods', '10'],
      ['/api/v1/namespaces/two/pods', '20'],
    ]);
    expect(names()).toEqual(['a', 'b']);
  });

  test('none at all is a mistake', () => {
    expect(() => reflector({ namespaces: [] })).toThrow('leave it out for all');
  });

  test('is not synced while one of them is not', async () => {
    transport = new ScriptedTransport((request) => (request.path.includes('/one/') ? answer(request) : refusal(403, 'Forbidden')));
    const made = reflector({ namespaces: ['one', 'two'] });
    made.start();
    await clock.advance(1000);
    expect([made.hasSynced, names()]).toEqual([false, ['a']]);
    expect(String(made.lastError)).toContain('403');
  });

  test('a list of one does not delete what is in the other', async () => {
    transport = new ScriptedTransport(answer);
    await watching({ namespaces: ['one', 'two'] });
    transport.streams[0]?.push(event('ERROR', status(410, 'Expired')));
    await clock.advance(5000);
    expect(names()).toEqual(['a', 'b']);
  });
});

describe('life', () => {
  test('contact is every list, event and bookmark', async () => {
    const made = await watching();
    await clock.advance(30_000);
    expect(made.lastContact).toBe(0);
    transport.stream.push(bookmark(11));
    await clock.advance(30_000);
    expect(made.lastContact).toBe(30_000);
  });

  test('an error is forgotten with the next contact', async () => {
    const made = await watching();
    transport.stream.fail(new Error('ECONNRESET'));
    await clock.advance(0);
    expect(String(made.lastError)).toContain('ECONNRESET');
    await clock.advance(5000);
    expect(made.lastError).toBeUndefined();
  });

  test('stop ends the watch and leaves no timer', async () => {
    const made = await watching();
    await made.stop();
    expect([clock.pending, transport.watches.length]).toEqual([0, 1]);
  });

  test('stop during a wait does not open another watch', async () => {
    const made = await watching();
    transport.stream.fail(new Error('ECONNRESET'));
    await clock.advance(0);
    await made.stop();
    await clock.advance(60_000);
    expect(transport.watches).toHaveLength(1);
  });

  test('started twice it watches once', async () => {
    const made = await watching();
    made.start();
    await clock.advance(0);
    expect(transport.watches).toHaveLength(1);
  });

  test('metrics count lists, watches, failures and objects', async () => {
    await watching();
    transport.stream.push(event('ERROR', status(410, 'Expired')));
    await clock.advance(5000);
    expect((await metrics.lists.get()).values).toMatchObject([{ labels: { resource: 'pods' }, value: 2 }]);
    expect((await metrics.watchStarts.get()).values).toMatchObject([{ labels: { resource: 'pods' }, value: 2 }]);
    expect((await metrics.watchFailures.get()).values).toMatchObject([{ labels: { resource: 'pods', reason: 'Expired' }, value: 1 }]);
    expect((await metrics.objects.get()).values).toMatchObject([{ labels: { kind: 'Pod' }, value: 2 }]);
  });
});

describe('refresh', () => {
  test('brings what the watch has not told yet, and what it tells later of that time is old', async () => {
    const made = await watching();
    transport.answers = [relisted()];
    await made.refresh();
    expect(changes).toEqual(['Deleted b@2', 'Added c@25']);
    transport.stream.push(event('MODIFIED', pod('b', 12)), event('DELETED', pod('b', 13)), event('ADDED', pod('c', 25)));
    await clock.advance(0);
    expect(changes).toHaveLength(2);
  });

  test('leaves the watch open', async () => {
    const made = await watching();
    await made.refresh();
    expect([transport.watches.length, transport.stream.left]).toEqual([1, false]);
  });

  test('is tried again until it succeeds', async () => {
    const made = await watching();
    transport.answers = [refusal(500, 'InternalError'), relisted()];
    await clock.until(made.refresh());
    expect(names()).toEqual(['a', 'c']);
  });

  test('waits for a list that is on its way: an older one must not come in last', async () => {
    const slow = Promise.withResolvers<ApiReply>();
    const made = await watching();
    transport.answers = [() => slow.promise, relisted()];
    const both = [made.refresh(), made.refresh()];
    await clock.advance(0);
    expect(transport.requests).toHaveLength(2);
    slow.resolve(listOf(20, [pod('d', 20)]));
    await Promise.all(both);
    expect(names()).toEqual(['a', 'c']);
  });

  test('of every namespace', async () => {
    transport = new ScriptedTransport(answer);
    const made = await watching({ namespaces: ['one', 'two'] });
    await made.refresh();
    expect(transport.requests).toHaveLength(4);
  });

  test('ends with stop', async () => {
    const made = await watching();
    transport.answers = [refusal(500, 'InternalError')];
    const refreshed = made.refresh();
    await clock.advance(0);
    void made.stop();
    await refreshed;
    expect(names()).toEqual(['a', 'b']);
  });
});
