import { expect, test } from '@jest/globals';
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
