import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { configMaps } from '../../operator/kube/object.ts';
import type { ApiObject } from './object.ts';
import { StatusError } from './status.ts';
import { Store } from './store.ts';

function object(name: string, version = 0): ApiObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'ns' }, version };
}

function table(historyLimit = 1000): { store: Store; things: ReturnType<Store['table']> } {
  const store = new Store(historyLimit);
  return { store, things: store.table(configMaps) };
}

function codeOf(action: () => unknown): number | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return error instanceof StatusError ? error.status.code : -1;
  }
}

describe('a table', () => {
  test('gives each write the next revision', () => {
    const { store, things } = table();
    const before = store.revision;
    const stored = things.put(object('a'));
    things.remove('ns/a');
    expect(stored.metadata.resourceVersion).toBe(String(before + 1));
    expect(store.revision).toBe(before + 2);
  });

  test('keeps the object that was put apart from the one that is stored', () => {
    const { things } = table();
    const given = object('a');
    things.put(given);
    expect(given.metadata.resourceVersion).toBeUndefined();
  });

  test('removing what is not there is no write', () => {
    const { store, things } = table();
    const before = store.revision;
    things.remove('ns/none');
    expect(store.revision).toBe(before);
  });

  test('names each change by what it is', () => {
    const { store, things } = table();
    const before = store.revision;
    things.put(object('a'));
    things.put(object('a', 1));
    things.remove('ns/a');
    expect(things.since(before).map(({ type, previous }) => [type, previous?.['version']])).toEqual([
      ['ADDED', undefined],
      ['MODIFIED', 0],
      ['DELETED', 1],
    ]);
  });

  test('lists by name, whatever the order of writes', () => {
    const { store, things } = table();
    for (const name of ['b', 'a-1', 'a', 'c']) things.put(object(name));
    things.remove('ns/c');
    expect(things.at(store.revision).map(({ metadata }) => metadata.name)).toEqual(['a', 'a-1', 'b']);
  });

  test('tells one who waits once', () => {
    const { things } = table();
    let calls = 0;
    things.onceChanged(() => {
      calls += 1;
    });
    things.put(object('a'));
    things.put(object('b'));
    expect(calls).toBe(1);
  });

  test('does not tell one who waits no more', () => {
    const { things } = table();
    let calls = 0;
    const forget = things.onceChanged(() => {
      calls += 1;
    });
    forget();
    things.put(object('a'));
    expect(calls).toBe(0);
  });

  test('knows every past revision, whatever was written', () => {
    const write = fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd'), remove: fc.boolean() });
    fc.assert(
      fc.property(fc.array(write, { maxLength: 40 }), (writes) => {
        const { store, things } = table();
        const pasts = writes.map(({ name, remove }, version) => {
          if (remove) things.remove(`ns/${name}`);
          else things.put(object(name, version));
          return { revision: store.revision, state: things.at(store.revision) };
        });
        for (const { revision, state } of pasts) expect(things.at(revision)).toEqual(state);
      }),
    );
  });
});

describe('history', () => {
  test('of a new table begins at the beginning, so that a watch may start before the first object', () => {
    const { store, things } = table();
    store.next();
    expect(things.since(1)).toEqual([]);
  });

  test('beyond the limit is forgotten: 410', () => {
    const { store, things } = table(5);
    const before = store.revision;
    for (let version = 0; version < 20; version++) things.put(object('a', version));
    expect(codeOf(() => things.since(before))).toBe(410);
    expect(codeOf(() => things.at(before))).toBe(410);
  });

  test('within the limit is there', () => {
    const { store, things } = table(5);
    for (let version = 0; version < 20; version++) things.put(object('a', version));
    expect(things.since(store.revision - 5)).toHaveLength(5);
  });

  test('is forgotten by a compaction up to now, not further', () => {
    const { store, things } = table();
    const before = store.revision;
    things.put(object('a'));
    things.compact();
    const after = store.revision;
    things.put(object('b'));
    expect(codeOf(() => things.since(before))).toBe(410);
    expect(things.since(after)).toHaveLength(1);
  });

  test('latest is the revision of the last change of this table alone', () => {
    const { store, things } = table();
    things.put(object('a'));
    const { latest } = things;
    store.next();
    expect(things.latest).toBe(latest);
  });
});

test('listeners hear of every change of every table', () => {
  const { store, things } = table();
  const heard: string[] = [];
  store.listen(({ resource }, { type, key }) => heard.push(`${resource.plural} ${type} ${key}`));
  things.put(object('a'));
  things.remove('ns/a');
  expect(heard).toEqual(['configmaps ADDED ns/a', 'configmaps DELETED ns/a']);
});
