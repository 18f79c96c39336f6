import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { OwnerReference, Resource } from '../../operator/kube/object.ts';
import { configMaps, keyOf } from '../../operator/kube/object.ts';
import { collectGarbage } from './garbage.ts';
import type { ApiObject } from './object.ts';
import { Store } from './store.ts';

function object(name: string, owners: string[] = [], more: Partial<ApiObject['metadata']> = {}): ApiObject {
  const ownerReferences = owners.map((owner): OwnerReference => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    name: owner,
    uid: `uid-${owner}`,
  }));
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'ns', uid: `uid-${name}`, ...(owners.length > 0 && { ownerReferences }), ...more },
  };
}

function setUp() {
  const store = new Store(1000);
  const table = store.table(configMaps);
  collectGarbage(store, {
    collect: (_resource: Resource, { metadata }: ApiObject) => {
      table.remove(keyOf({ metadata }));
    },
    rewrite: (_resource: Resource, next: ApiObject) => {
      const released = next.metadata.deletionTimestamp && !next.metadata.finalizers?.length;
      if (released) table.remove(keyOf(next));
      else table.put(next);
    },
  });
  return {
    table,
    put: (...objects: ApiObject[]) => {
      for (const one of objects) table.put(one);
    },
    /** The names that are left when the collector has nothing more to do. */
    left: async () => {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      return table.at(store.revision).map(({ metadata }) => metadata.name);
    },
  };
}

test('a chain of owners goes when its head goes', async () => {
  const { table, put, left } = setUp();
  put(object('a'), object('b', ['a']), object('c', ['b']), object('d', ['c']), object('x'));
  table.remove('ns/a');
  expect(await left()).toEqual(['x']);
});

test('nothing happens within the write that deletes the owner', () => {
  const { table, put } = setUp();
  put(object('a'), object('b', ['a']));
  table.remove('ns/a');
  expect(table.get('ns/b')).toBeDefined();
});

test('an object made after its owner went goes as well', async () => {
  const { table, put, left } = setUp();
  put(object('a'));
  table.remove('ns/a');
  put(object('b', ['a']));
  expect(await left()).toEqual([]);
});

test('an owner of the same name and another uid is no owner', async () => {
  const { table, put, left } = setUp();
  put(object('a'), object('b', ['a']));
  table.remove('ns/a');
  put(object('a', [], { uid: 'another' }));
  expect(await left()).toEqual(['a']);
});

test('an object with a living owner stays, without the dead one', async () => {
  const { table, put, left } = setUp();
  put(object('a'), object('b'), object('c', ['a', 'b']));
  table.remove('ns/a');
  expect(await left()).toEqual(['b', 'c']);
  expect(table.get('ns/c')?.metadata.ownerReferences?.map(({ uid }) => uid)).toEqual(['uid-b']);
});

test('an object that gave its owner up before stays', async () => {
  const { table, put, left } = setUp();
  put(object('a'), object('b', ['a']), object('b'));
  table.remove('ns/a');
  expect(await left()).toEqual(['b']);
});

test('objects that own each other stay until one is deleted', async () => {
  const { table, put, left } = setUp();
  put(object('a', ['b']), object('b', ['a']));
  expect(await left()).toEqual(['a', 'b']);
  table.remove('ns/a');
  expect(await left()).toEqual([]);
});

const marked = { deletionTimestamp: '2026-01-01T00:00:00Z' };

test('an owner deleted in the foreground waits for those that block it', async () => {
  const { table, put, left } = setUp();
  const blocking = object('b', ['a']);
  for (const reference of blocking.metadata.ownerReferences ?? []) reference.blockOwnerDeletion = true;
  put(object('a'), { ...blocking, metadata: { ...blocking.metadata, ...marked } });
  put(object('a', [], { ...marked, finalizers: ['foregroundDeletion'] }));
  expect(await left()).toEqual(['a', 'b']);
  table.remove('ns/b');
  expect(await left()).toEqual([]);
});

test('an owner deleted in the foreground does not wait for others, and takes them along', async () => {
  const { put, left } = setUp();
  put(object('a'), object('b', ['a']));
  put(object('a', [], { ...marked, finalizers: ['foregroundDeletion'] }));
  expect(await left()).toEqual([]);
});

test('orphans lose their owner before it goes', async () => {
  const { table, put, left } = setUp();
  put(object('a'), object('b', ['a']));
  put(object('a', [], { ...marked, finalizers: ['orphan'] }));
  expect(await left()).toEqual(['b']);
  expect(table.get('ns/b')?.metadata.ownerReferences).toEqual([]);
});

test('a foreign finalizer is left alone', async () => {
  const { put, left } = setUp();
  put(object('a', [], { ...marked, finalizers: ['example.dev/hold'] }));
  expect(await left()).toEqual(['a']);
});

describe('an owner that waits in the foreground goes', () => {
  const waiting = object('a', [], { ...marked, finalizers: ['foregroundDeletion'] });

  /** Keeps the dependents, as finalizers of their own would. */
  function blocked(...names: string[]) {
    const set = setUp();
    set.put(object('a'));
    for (const name of names) {
      const one = object(name, ['a'], marked);
      for (const reference of one.metadata.ownerReferences ?? []) reference.blockOwnerDeletion = true;
      set.put(one);
    }
    set.put(waiting);
    return set;
  }

  test('when the one that blocks it gives it up', async () => {
    const { put, left } = blocked('b');
    expect(await left()).toEqual(['a', 'b']);
    put(object('b', [], marked));
    expect(await left()).toEqual(['b']);
  });

  test('when the one that blocks it does so no more', async () => {
    const { put, left } = blocked('b');
    expect(await left()).toEqual(['a', 'b']);
    put(object('b', ['a'], marked));
    expect(await left()).not.toContain('a');
  });

  test('not before the last of several', async () => {
    const { put, left } = blocked('b', 'c');
    put(object('b', [], marked));
    expect(await left()).toEqual(['a', 'b', 'c']);
    put(object('c', [], marked));
    expect(await left()).toEqual(['b', 'c']);
  });
});

test('a dependent in the foreground takes its own dependents along, from the leaves up', async () => {
  const { put, left } = setUp();
  put(object('a'), object('b', ['a']), object('c', ['b']));
  put(object('b', ['a'], { ...marked, finalizers: ['foregroundDeletion'] }));
  expect(await left()).toEqual(['a']);
});

test('whatever owns what: exactly those stay whose owners are none, or one of which stays', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const graph = fc.array(fc.subarray(names, { maxLength: 3 }), { minLength: names.length, maxLength: names.length });
  await fc.assert(
    fc.asyncProperty(graph, fc.shuffledSubarray(names), async (owners, doomed) => {
      const { table, put, left } = setUp();
      // Each owns only what comes after it: in circles objects keep each other, as on a real server.
      const earlier = names.map((name, index) => ({ name, owned: (owners[index] ?? []).filter((owner) => owner < name) }));
      put(...earlier.map(({ name, owned }) => object(name, owned)));
      for (const name of doomed) table.remove(`ns/${name}`);
      const stays = new Set<string>();
      for (const { name, owned } of earlier) {
        if (!doomed.includes(name) && (owned.length === 0 || owned.some((owner) => stays.has(owner)))) stays.add(name);
      }
      expect(await left()).toEqual([...stays]);
      for (const { name, owned } of earlier.filter((one) => stays.has(one.name))) {
        const now = table.get(`ns/${name}`)?.metadata.ownerReferences?.map((reference) => reference.name) ?? [];
        expect(now).toEqual(owned.filter((owner) => stays.has(owner)));
      }
    }),
  );
});
