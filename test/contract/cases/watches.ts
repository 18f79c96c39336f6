import { expect } from '@jest/globals';
import { configMaps } from '../../../operator/kube/object.ts';
import type { Api, Case, WatchedEvent } from '../api.ts';
import { widgets } from '../fixture.ts';

const widget = { metadata: { name: 'a' }, spec: { size: 1 } };

async function now(api: Api): Promise<string> {
  return (await api.list(widgets)).metadata.resourceVersion;
}

function seen(events: WatchedEvent[]): string[] {
  return events.map(({ type, object }) => `${type} ${object.metadata.name}`);
}

export const watchCases: Case[] = [
  {
    name: 'a watch from a revision brings every change after it, in order',
    async run(api) {
      const resourceVersion = await now(api);
      await api.given(widgets, widget);
      const events = await api.watch(widgets, { resourceVersion }, 4, async () => {
        await api.merge(widgets, 'a', { spec: { size: 2 } });
        await api.given(widgets, { metadata: { name: 'b' }, spec: { size: 1 } });
        await api.delete(widgets, 'a');
      });
      expect(seen(events)).toEqual(['ADDED a', 'MODIFIED a', 'ADDED b', 'DELETED a']);
      const versions = events.map(({ object }) => Number(object.metadata.resourceVersion));
      expect(versions).toEqual(versions.toSorted((a, b) => a - b));
      expect(events[0]?.object).toMatchObject({ kind: 'Widget', apiVersion: 'contract.assay.dev/v1', spec: { size: 1 } });
    },
  },
  {
    name: 'a DELETED event has the last state under the revision of the deletion',
    async run(api) {
      const { metadata } = await api.given(widgets, widget);
      const resourceVersion = metadata.resourceVersion ?? '';
      const [event] = await api.watch(widgets, { resourceVersion }, 1, () => api.delete(widgets, 'a'));
      expect(event).toMatchObject({ type: 'DELETED', object: { spec: { size: 1 } } });
      expect(Number(event?.object.metadata.resourceVersion)).toBeGreaterThan(Number(resourceVersion));
    },
  },
  {
    name: 'taking the last finalizer away is one event: DELETED',
    async run(api) {
      await api.given(widgets, { ...widget, metadata: { name: 'a', finalizers: ['contract.assay.dev/hold'] } });
      const resourceVersion = await now(api);
      const events = await api.watch(widgets, { resourceVersion }, 2, async () => {
        await api.delete(widgets, 'a');
        await api.merge(widgets, 'a', { metadata: { finalizers: null } });
      });
      expect(seen(events)).toEqual(['MODIFIED a', 'DELETED a']);
    },
  },
  ...['', '0'].map((resourceVersion): Case => ({
    name: `a watch from ${JSON.stringify(resourceVersion)} begins with all that is there`,
    async run(api) {
      await api.given(widgets, widget);
      await api.given(widgets, { metadata: { name: 'b' }, spec: { size: 1 } });
      const events = await api.watch(widgets, { resourceVersion }, 3, () => api.merge(widgets, 'b', { spec: { size: 2 } }));
      expect(seen(events)).toEqual(['ADDED a', 'ADDED b', 'MODIFIED b']);
    },
  })),
  {
    name: 'an object that begins to match a label selector is ADDED, one that ceases to is DELETED',
    async run(api) {
      const { metadata } = await api.given(configMaps, { metadata: { name: 'a' }, data: { n: '0' } });
      const query = { resourceVersion: metadata.resourceVersion ?? '', labelSelector: 'watched=yes' };
      const events = await api.watch(configMaps, query, 3, async () => {
        await api.merge(configMaps, 'a', { metadata: { labels: { watched: 'yes' } } });
        await api.merge(configMaps, 'a', { data: { n: '1' } });
        await api.merge(configMaps, 'a', { metadata: { labels: { watched: 'no' } }, data: { n: '2' } });
      });
      expect(seen(events)).toEqual(['ADDED a', 'MODIFIED a', 'DELETED a']);
      // The last state that matched, not the one that does not.
      expect(events[2]?.object).toMatchObject({ data: { n: '1' }, metadata: { labels: { watched: 'yes' } } });
    },
  },
  {
    name: 'a field selector narrows a watch in the same way',
    async run(api) {
      await api.given(widgets, widget);
      const query = { resourceVersion: await now(api), fieldSelector: 'spec.mode=Large' };
      const events = await api.watch(widgets, query, 2, async () => {
        await api.merge(widgets, 'a', { spec: { mode: 'Large' } });
        await api.merge(widgets, 'a', { spec: { mode: 'Small' } });
      });
      expect(seen(events)).toEqual(['ADDED a', 'DELETED a']);
    },
  },
  {
    name: 'a write that changes nothing is no event',
    async run(api) {
      await api.given(widgets, widget);
      const events = await api.watch(widgets, { resourceVersion: await now(api) }, 1, async () => {
        await api.merge(widgets, 'a', { spec: { size: 1 } });
        await api.merge(widgets, 'a', { spec: { size: 2 } });
      });
      expect(events[0]?.object).toMatchObject({ spec: { size: 2 } });
    },
  },
  {
    name: 'a watch ends after timeoutSeconds, with a bookmark shortly before where bookmarks are asked for',
    async run(api) {
      await api.given(widgets, widget);
      const began = Date.now();
      const query = { resourceVersion: await now(api), timeoutSeconds: '4', allowWatchBookmarks: 'true' };
      const [change, ...bookmarks] = await api.watch(widgets, query, 99, () => api.merge(widgets, 'a', { spec: { size: 2 } }));
      expect(Date.now() - began).toBeGreaterThan(2500);
      expect(change).toMatchObject({ type: 'MODIFIED' });
      expect(new Set(bookmarks.map(({ type }) => type))).toEqual(new Set(['BOOKMARK']));
      const { object } = bookmarks.at(-1) ?? {};
      expect(object).toMatchObject({ kind: 'Widget', apiVersion: 'contract.assay.dev/v1' });
      expect(Number(object?.metadata.resourceVersion)).toBeGreaterThanOrEqual(Number(change?.object.metadata.resourceVersion));
    },
  },
  {
    name: 'a watch without allowWatchBookmarks gets none',
    async run(api) {
      const events = await api.watch(widgets, { resourceVersion: await now(api), timeoutSeconds: '3' }, 99);
      expect(events).toEqual([]);
    },
  },
  {
    name: 'a watch from a forgotten revision brings an ERROR 410 and ends',
    async run(api) {
      await api.given(widgets, widget);
      api.subject.forgetHistory();
      const events = await api.watch(widgets, { resourceVersion: '1' }, 99);
      expect(events).toHaveLength(1);
      expect(events[0]).toMatchObject({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } });
    },
  },
  {
    name: 'a watch with a wrong selector is refused before it begins',
    async run(api) {
      const path = `/apis/contract.assay.dev/v1/namespaces/${api.namespace}/widgets`;
      const request = { method: 'GET', path, query: { watch: 'true', labelSelector: 'a in (' } } as const;
      const reply = await api.subject.transport.watch(request, new AbortController().signal);
      expect(reply).toMatchObject({ status: 400, body: { kind: 'Status', reason: 'BadRequest' } });
    },
  },
];
