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
