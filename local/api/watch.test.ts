import { describe, expect, test } from '@jest/globals';
import { FakeClock } from '../../operator/kube/fake-clock.ts';
import { configMaps, keyOf } from '../../operator/kube/object.ts';
import { Kinds } from './kinds.ts';
import type { ApiObject } from './object.ts';
import { Store } from './store.ts';
import type { WatchEvent, WatchStart } from './watch.ts';
import { watchEvents } from './watch.ts';

const minute = 60_000;

function configMap(name: string): ApiObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'ns', uid: name } };
}

function setUp(historyLimit = 1000) {
  const clock = new FakeClock();
  const store = new Store(historyLimit);
  const table = store.table(configMaps);
  const stop = new AbortController();
  const open = (start: Partial<WatchStart> = {}) => {
    const whole = { kind: new Kinds().get(configMaps), revision: store.revision, matches: () => true, bookmarks: false, ...start };
    return watchEvents(store, table, { bookmarkInterval: minute, timeout: 30 * minute, ...whole }, clock, stop.signal);
  };
  return { clock, store, table, stop, open };
}

/** Takes all events there will be, while the clock moves on. */
async function all(events: AsyncIterable<WatchEvent>, clock: FakeClock): Promise<{ type: string; at: number; object: object }[]> {
  const began = clock.now();
  const seen: { type: string; at: number; object: object }[] = [];
  const reading = (async () => {
    for await (const { type, object } of events) seen.push({ type, at: clock.now() - began, object });
  })();
  await clock.until(reading);
  return seen;
}

describe('bookmarks', () => {
  test('come every interval, and two seconds before the end', async () => {
    const { clock, open } = setUp();
    const events = await all(open({ bookmarks: true, timeout: 2.5 * minute }), clock);
    expect(events.map(({ type, at }) => [type, at])).toEqual([
      ['BOOKMARK', minute],
      ['BOOKMARK', 2 * minute],
      ['BOOKMARK', 2.5 * minute - 2000],
    ]);
  });

  test('do not come where nobody asked', async () => {
    const { clock, open } = setUp();
    expect(await all(open({ timeout: 5 * minute }), clock)).toEqual([]);
  });

  test('do not come in a watch that is too short for one', async () => {
    const { clock, open } = setUp();
    expect(await all(open({ bookmarks: true, timeout: 1500 }), clock)).toEqual([]);
  });

  test('name the newest revision of the whole server', async () => {
    const { clock, store, open } = setUp();
    const watch = open({ bookmarks: true, timeout: 1.2 * minute });
    store.next();
    const [bookmark] = await all(watch, clock);
    const metadata = { resourceVersion: String(store.revision), creationTimestamp: null };
    expect(bookmark?.object).toEqual({ kind: 'ConfigMap', apiVersion: 'v1', metadata });
  });
});

describe('a watch', () => {
  test('ends at its time-out and leaves no timer', async () => {
    const { clock, open } = setUp();
    const began = clock.now();
    await all(open({ timeout: minute }), clock);
    expect(clock.now() - began).toBe(minute);
    expect(clock.pending).toBe(0);
  });

  test('shows what there was when it was opened, not when it was first read', async () => {
    const { clock, table, open } = setUp();
    table.put(configMap('a'));
    const watch = open({ revision: undefined, timeout: minute });
    table.put(configMap('b'));
    table.remove(keyOf(configMap('a')));
    const events = await all(watch, clock);
    expect(events.map(({ type }) => type)).toEqual(['ADDED', 'ADDED', 'DELETED']);
  });

  test('brings what is written while it waits', async () => {
    const { table, open } = setUp();
    const next = open().next();
    table.put(configMap('a'));
    expect(await next).toMatchObject({ value: { type: 'ADDED', object: { metadata: { name: 'a' } } } });
  });

  test('that fell behind the history gets 410 and ends', async () => {
    const { clock, table, open } = setUp(5);
    const watch = open({ timeout: minute });
    for (let index = 0; index < 20; index++) table.put(configMap(`a${index}`));
    const events = await all(watch, clock);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } });
  });

  test('that is aborted throws and leaves no timer', async () => {
    const { clock, stop, open } = setUp();
    const next = open().next();
    stop.abort(new Error('enough'));
    await expect(next).rejects.toThrow('enough');
    expect(clock.pending).toBe(0);
  });

  test('hands out objects that may be changed', async () => {
    const { store, table, open } = setUp();
    const watch = open();
    table.put(configMap('a'));
    const { value } = await watch.next();
    Object.assign((value as WatchEvent).object, { metadata: 'gone' });
    expect(table.at(store.revision)).toMatchObject([{ metadata: { name: 'a' } }]);
  });
});

describe('a watch through a selector', () => {
  /** Whether a ConfigMap is labelled `x`, over its life. */
  type Life = ('x' | 'y' | 'gone')[];

  test.each<[string, Life, string[]]>([
    ['never matches', ['y', 'y', 'gone'], []],
    ['matches from the first', ['x', 'x', 'gone'], ['ADDED', 'MODIFIED', 'DELETED']],
    ['begins to match', ['y', 'x', 'gone'], ['ADDED', 'DELETED']],
    ['ceases to match', ['x', 'y', 'gone'], ['ADDED', 'DELETED']],
    ['comes and goes', ['x', 'y', 'x', 'y'], ['ADDED', 'DELETED', 'ADDED', 'DELETED']],
    ['is made again', ['x', 'gone', 'x'], ['ADDED', 'DELETED', 'ADDED']],
    ['is made again and does not match', ['x', 'gone', 'y'], ['ADDED', 'DELETED']],
  ])('sees an object that %s', async (_, life, wanted) => {
    const { clock, table, open } = setUp();
    const watch = open({ timeout: minute, matches: ({ metadata }) => metadata.labels?.['is'] === 'x' });
    for (const is of life) {
      const { metadata, ...rest } = configMap('a');
      if (is === 'gone') table.remove('ns/a');
      else table.put({ ...rest, metadata: { ...metadata, labels: { is } } });
    }
    expect((await all(watch, clock)).map(({ type }) => type)).toEqual(wanted);
  });

  test('gets the last state that matched, under the revision of the change that ended it', async () => {
    const { clock, store, table, open } = setUp();
    const watch = open({ timeout: minute, matches: ({ metadata }) => metadata.labels?.['is'] === 'x' });
    for (const is of ['x', 'y']) table.put({ ...configMap('a'), metadata: { ...configMap('a').metadata, labels: { is } } });
    const [, last] = await all(watch, clock);
    expect(last).toMatchObject({ object: { metadata: { labels: { is: 'x' }, resourceVersion: String(store.revision) } } });
  });
});

describe('where a watch begins', () => {
  test('at a revision that is forgotten: 410, and no more', async () => {
    const { clock, table, open } = setUp();
    table.put(configMap('a'));
    table.compact();
    const events = await all(open({ revision: 1, bookmarks: true }), clock);
    expect(events).toMatchObject([{ type: 'ERROR', object: { code: 410 } }]);
  });

  test('at the very revision of a compaction: what comes after', async () => {
    const { clock, store, table, open } = setUp();
    table.put(configMap('a'));
    table.compact();
    const watch = open({ revision: store.revision, timeout: minute });
    table.put(configMap('b'));
    expect(await all(watch, clock)).toMatchObject([{ type: 'ADDED', object: { metadata: { name: 'b' } } }]);
  });

  test('at nothing: what matches of all there is, each as it is', async () => {
    const { clock, table, open } = setUp();
    for (const name of ['b', 'a', 'c']) table.put(configMap(name));
    const watch = open({ revision: undefined, timeout: minute, matches: ({ metadata }) => metadata.name !== 'b' });
    const events = await all(watch, clock);
    expect(events.map(({ type, object }) => [type, (object as ApiObject).metadata.name])).toEqual([
      ['ADDED', 'a'],
      ['ADDED', 'c'],
    ]);
  });
});

test('a reader that is slow sees every change in its order', async () => {
  const { table, stop, open } = setUp();
  const watch = open();
  const seen: string[] = [];
  for (let index = 0; index < 20; index++) {
    table.put(configMap(`a${index}`));
    if (index % 4 === 3) seen.push(((await watch.next()).value as { object: ApiObject }).object.metadata.name);
  }
  while (seen.length < 20) seen.push(((await watch.next()).value as { object: ApiObject }).object.metadata.name);
  stop.abort(new Error('enough'));
  expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => `a${index}`));
});
