import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { FakeClock } from '../../operator/kube/fake-clock.ts';
import { keyOf } from '../../operator/kube/object.ts';
import type { KubeObject } from '../../operator/kube/object.ts';
import type { ApiRequest } from '../../operator/kube/transport.ts';
import { MemoryApi } from './memory-api.ts';
import { textAt } from './object.ts';
import type { ObjectList } from './list.ts';
import type { WatchEvent } from './watch.ts';

// What a client does with a server: it lists, watches from there, and takes what it then has for the truth.

const path = '/api/v1/namespaces/default/configmaps';

interface Step {
  verb: 'create' | 'label' | 'hold' | 'release' | 'delete';
  name: string;
  label: string;
}

const steps = fc.array(
  fc.record({
    verb: fc.constantFrom<Step['verb']>('create', 'create', 'label', 'hold', 'release', 'delete'),
    name: fc.constantFrom('a', 'b', 'c', 'd'),
    label: fc.constantFrom('x', 'y'),
  }),
  { maxLength: 25 },
);

/** The request of a step; one that does not fit the state is refused, which is as good. */
function requestOf({ verb, name, label }: Step): ApiRequest {
  const merge = (metadata: object): ApiRequest => ({
    method: 'PATCH',
    path: `${path}/${name}`,
    contentType: 'application/merge-patch+json',
    body: { metadata },
  });
  if (verb === 'create') return { method: 'POST', path, body: { metadata: { name, labels: { label } } } };
  if (verb === 'delete') return { method: 'DELETE', path: `${path}/${name}` };
  if (verb === 'label') return merge({ labels: { label } });
  return merge({ finalizers: verb === 'hold' ? ['example.dev/hold'] : null });
}

async function play(api: MemoryApi, history: readonly Step[]): Promise<void> {
  for (const step of history) {
    const { status } = await api.send(requestOf(step));
    expect([200, 201, 404, 409, 422]).toContain(status);
  }
}

/** A server that ends its watches after a minute of a clock that the test moves. */
function server(): { api: MemoryApi; clock: FakeClock } {
  const clock = new FakeClock();
  return { api: new MemoryApi({ clock, bookmarkInterval: 10_000 }), clock };
}

async function listed(api: MemoryApi, query: Record<string, string> = {}): Promise<ObjectList> {
  const { status, body } = await api.send({ method: 'GET', path, query });
  expect(status).toBe(200);
  return body as ObjectList;
}

/** Every event of a watch until the server ends it. */
async function watched({ api, clock }: ReturnType<typeof server>, query: Record<string, string>): Promise<WatchEvent[]> {
  const all = { timeoutSeconds: '60', allowWatchBookmarks: 'true', ...query };
  const { events } = await api.watch({ method: 'GET', path, query: all }, new AbortController().signal);
  const seen: WatchEvent[] = [];
  const reading = (async () => {
    for await (const event of events) seen.push(event as WatchEvent);
  })();
  await clock.until(reading);
  return seen;
}

type Held = Map<string, KubeObject>;

function heldOf({ items }: ObjectList): Held {
  return new Map(items.map((item) => [keyOf(item), bare(item)]));
}

/** Items of a list of a built-in kind do not name it, events do. */
function bare(object: KubeObject): KubeObject {
  const { kind: _kind, apiVersion: _apiVersion, ...rest } = object as KubeObject & Record<string, unknown>;
  return rest;
}

/** Takes an event in, as strictly as a cache could: nothing is added twice, nothing changes or goes that was not there. */
function take(held: Held, { type, object }: WatchEvent): void {
  if (type === 'BOOKMARK') return;
  const key = keyOf(object as KubeObject);
  expect([type, held.has(key)]).toEqual([type, type !== 'ADDED']);
  if (type === 'DELETED') held.delete(key);
  else held.set(key, bare(object as KubeObject));
}

const changes = (events: WatchEvent[]) => events.filter(({ type }) => type !== 'BOOKMARK');
const versionOf = (object: object) => Number(textAt(object, 'metadata', 'resourceVersion'));
const selectors = fc.constantFrom({}, { labelSelector: 'label=x' }, { labelSelector: 'label!=x' }, { fieldSelector: 'metadata.name=a' });
const runs = { numRuns: 40 };

test('a list and the watch from it give what a later list gives, under any selector', async () => {
  await fc.assert(
    fc.asyncProperty(steps, steps, selectors, async (before, after, selector) => {
      const one = server();
      await play(one.api, before);
      const first = await listed(one.api, selector);
      await play(one.api, after);
      const held = heldOf(first);
      const events = await watched(one, { ...selector, resourceVersion: first.metadata.resourceVersion });
      for (const event of events) take(held, event);
      expect(held).toEqual(heldOf(await listed(one.api, selector)));
    }),
    runs,
  );
});

test('a watch without a revision gives the same as a list does', async () => {
  await fc.assert(
    fc.asyncProperty(steps, selectors, async (history, selector) => {
      const one = server();
      await play(one.api, history);
      const held: Held = new Map();
      for (const event of await watched(one, selector)) take(held, event);
      expect(held).toEqual(heldOf(await listed(one.api, selector)));
    }),
    runs,
  );
});

test('events come in the order of their revisions, each once, and none is older than a bookmark before it', async () => {
  await fc.assert(
    fc.asyncProperty(steps, steps, async (before, after) => {
      const one = server();
      await play(one.api, before);
      const watching = watched(one, { resourceVersion: (await listed(one.api)).metadata.resourceVersion });
      await play(one.api, after);
      const events = await watching;
      const changed = changes(events).map(({ object }) => versionOf(object));
      expect(changed).toEqual([...new Set(changed)].toSorted((a, b) => a - b));
      const versions = events.map(({ object }) => versionOf(object));
      expect(versions).toEqual(versions.toSorted((a, b) => a - b));
    }),
    runs,
  );
});

test('a watch that goes on where another was broken off misses nothing and repeats nothing', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.nat({ max: 30 }), selectors, async (history, cut, selector) => {
      const one = server();
      const query = { ...selector, resourceVersion: (await listed(one.api)).metadata.resourceVersion };
      await play(one.api, history);
      const whole = await watched(one, query);
      const begun = whole.slice(0, cut);
      const resourceVersion = String(begun.length > 0 ? versionOf(begun.at(-1)?.object ?? {}) : query.resourceVersion);
      const rest = await watched(one, { ...query, resourceVersion });
      expect(changes([...begun, ...rest])).toEqual(changes(whole));
    }),
    runs,
  );
});

test('pages begun before writes and a watch from their revision give what a later list gives', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.array(steps, { maxLength: 4 }), fc.integer({ min: 1, max: 3 }), async (before, between, limit) => {
      const one = server();
      await play(one.api, before);
      let page = await listed(one.api, { limit: String(limit) });
      const held = heldOf(page);
      for (let turn = 0; page.metadata.continue !== undefined; turn++) {
        await play(one.api, between[turn] ?? []);
        page = await listed(one.api, { limit: String(limit), continue: page.metadata.continue });
        for (const [key, object] of heldOf(page)) held.set(key, object);
      }
      for (const event of await watched(one, { resourceVersion: page.metadata.resourceVersion })) take(held, event);
      expect(held).toEqual(heldOf(await listed(one.api)));
    }),
    runs,
  );
});

test('every past revision that a write answered with can be listed as it was', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      const { api } = server();
      const pasts: { resourceVersion: string; held: Held }[] = [];
      for (const step of history) {
        await play(api, [step]);
        const now = await listed(api);
        pasts.push({ resourceVersion: now.metadata.resourceVersion, held: heldOf(now) });
      }
      for (const { resourceVersion, held } of pasts) {
        expect(heldOf(await listed(api, { resourceVersion, resourceVersionMatch: 'Exact' }))).toEqual(held);
      }
    }),
    runs,
  );
});
