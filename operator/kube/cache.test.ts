import { beforeEach, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { Cache } from './cache.ts';
import type { Change } from './cache.ts';
import type { KubeObject } from './object.ts';
import { pod } from './scripted-transport.ts';

let cache: Cache<KubeObject>;
let changes: Change<KubeObject>[];
const byNode = (object: KubeObject) => (object.metadata.labels?.node ? [object.metadata.labels.node] : []);

beforeEach(() => {
  cache = new Cache({ indexers: { node: byNode } });
  changes = [];
  cache.onChange((change) => changes.push(change));
});

const on = (name: string, version: number, node?: string) => pod(name, version, node ? { labels: { node } } : {});
const versions = () => Object.fromEntries(cache.list().map(({ metadata }) => [metadata.name, metadata.resourceVersion]));
const log = () => changes.map(({ type, object }) => `${type} ${object.metadata.name}@${object.metadata.resourceVersion}`);

describe('observe', () => {
  test.each([
    ['a new object', [1], ['Added a@1']],
    ['a newer version', [1, 2], ['Added a@1', 'Modified a@2']],
    ['the same version again', [1, 1], ['Added a@1']],
    ['an older version', [2, 1], ['Added a@2']],
    ['versions of different length', [9, 10], ['Added a@9', 'Modified a@10']],
  ])('%s', (_, seen, expected) => {
    for (const version of seen) cache.observe(pod('a', version));
    expect(log()).toEqual(expected);
  });

  test('says whether it took the object', () => {
    expect([cache.observe(pod('a', 2)), cache.observe(pod('a', 1)), cache.observe(pod('a', 3))]).toEqual([true, false, true]);
  });

  test('a version that cannot be compared is taken when it differs', () => {
    cache.observe(pod('a', 1, { resourceVersion: 'x' }));
    cache.observe(pod('a', 1, { resourceVersion: 'y' }));
    expect(versions()).toEqual({ a: 'y' });
  });

  test('gives handlers the object before and after', () => {
    cache.observe(pod('a', 1));
    cache.observe(pod('a', 2));
    expect(changes[1]).toMatchObject({ previous: { metadata: { resourceVersion: '1' } }, object: { metadata: { resourceVersion: '2' } } });
  });
});

describe('remove', () => {
  test('deletes and gives the last version', () => {
    cache.observe(pod('a', 1));
    expect(cache.remove(pod('a', 2))).toBe(true);
    expect([cache.size, log().at(-1)]).toEqual([0, 'Deleted a@2']);
  });

  test('an own write that is answered late does not bring the object back', () => {
    cache.observe(pod('a', 1));
    cache.remove(pod('a', 3));
    expect(cache.observe(pod('a', 2))).toBe(false);
    expect(cache.size).toBe(0);
  });

  test('a deletion that came before the object is remembered', () => {
    expect(cache.remove(pod('a', 3))).toBe(false);
    cache.observe(pod('a', 2));
    expect([cache.size, changes.length]).toEqual([0, 0]);
  });

  test('an object made anew under the same name is taken', () => {
    cache.observe(pod('a', 1));
    cache.remove(pod('a', 2));
    cache.observe(pod('a', 3, { uid: 'other' }));
    expect(versions()).toEqual({ a: '3' });
  });

  test('a late deletion does not take the object made anew', () => {
    cache.observe(pod('a', 3, { uid: 'other' }));
    expect(cache.remove(pod('a', 2))).toBe(false);
    expect(versions()).toEqual({ a: '3' });
  });
});

describe('replace', () => {
  test('adds, changes and deletes what differs, and nothing else', () => {
    for (const name of ['same', 'changed', 'gone']) cache.observe(pod(name, 1));
    changes = [];
    cache.replace([pod('same', 1), pod('changed', 4), pod('new', 3)], { resourceVersion: '5' });
    expect(log()).toEqual(['Deleted gone@1', 'Modified changed@4', 'Added new@3']);
  });

  test('keeps own writes that are newer than the list', () => {
    cache.observe(pod('changed', 7));
    cache.observe(pod('created', 8));
    cache.replace([pod('changed', 2)], { resourceVersion: '5' });
    expect(versions()).toEqual({ changed: '7', created: '8' });
  });

  test('what was written before the list and is not in it is gone', () => {
    cache.replace([], { resourceVersion: '5' });
    expect(cache.observe(pod('a', 4))).toBe(false);
    expect(cache.observe(pod('b', 6))).toBe(true);
  });

  test('touches only its namespace', () => {
    cache.observe(pod('here', 1));
    cache.observe(pod('there', 1, { namespace: 'other' }));
    cache.replace([], { resourceVersion: '5', namespace: 'default' });
    expect(versions()).toEqual({ there: '1' });
    expect(cache.observe(pod('new', 2, { namespace: 'other' }))).toBe(true);
  });

  test('force takes the list of a server that was set back', () => {
    cache.observe(pod('kept', 90));
    cache.observe(pod('ghost', 95));
    cache.remove(pod('again', 96));
    cache.replace([pod('kept', 40), pod('again', 41)], { resourceVersion: '50', force: true });
    expect(versions()).toEqual({ kept: '40', again: '41' });
    expect(cache.observe(pod('kept', 51))).toBe(true);
  });
});

describe('reading', () => {
  test('get finds by key', () => {
    cache.observe(pod('a', 1));
    expect([cache.get('default/a')?.metadata.name, cache.get('other/a')]).toEqual(['a', undefined]);
  });

  test('an index follows changes', () => {
    const names = (node: string) => cache.index('node', node).map(({ metadata }) => metadata.name);
    cache.observe(on('a', 1, 'n1'));
    cache.observe(on('b', 2, 'n1'));
    expect(names('n1')).toEqual(['a', 'b']);
    cache.observe(on('a', 3, 'n2'));
    expect([names('n1'), names('n2')]).toEqual([['b'], ['a']]);
    cache.observe(on('b', 4));
    cache.remove(on('a', 5, 'n2'));
    expect([names('n1'), names('n2')]).toEqual([[], []]);
  });

  test('an unknown index is a fault of the program', () => {
    expect(() => cache.index('owner', 'x')).toThrow('no index "owner"; there are: node');
  });

  test('managedFields are left out', () => {
    cache.observe(pod('a', 1, { managedFields: [{ manager: 'kubectl' }] }));
    expect(cache.get('default/a')?.metadata).not.toHaveProperty('managedFields');
  });

  test('objects cannot be changed by who reads them', () => {
    cache.observe(pod('a', 1, { labels: { node: 'n1' } }));
    const read = cache.get('default/a');
    expect(() => Object.assign(read?.metadata.labels ?? {}, { node: 'n2' })).toThrow(TypeError);
  });
});

describe('handlers', () => {
  test('one that throws does not keep the event from the others', () => {
    const seen: string[] = [];
    cache.onChange(() => {
      throw new Error('broken');
    });
    cache.onChange(({ object }) => seen.push(object.metadata.name));
    cache.observe(pod('a', 1));
    expect(seen).toEqual(['a']);
  });

  test('one that was ended hears nothing more', () => {
    const seen: string[] = [];
    cache.onChange(({ object }) => seen.push(object.metadata.name))();
    cache.observe(pod('a', 1));
    expect(seen).toEqual([]);
  });
});

test("any order and repetition of one object's history ends in its newest state", () => {
  const history = fc.uniqueArray(fc.integer({ min: 1, max: 50 }), { minLength: 1 }).chain((all) => {
    const steps = all.toSorted((a, b) => a - b).map((version, at) => ({ version, deleted: at % 3 === 2 }));
    return fc.record({ steps: fc.constant(steps), order: fc.shuffledSubarray([...steps, ...steps], { minLength: steps.length * 2 }) });
  });
  fc.assert(
    fc.property(history, ({ steps, order }) => {
      const any = new Cache();
      for (const { version, deleted } of order) {
        if (deleted) any.remove(pod('a', version));
        else any.observe(pod('a', version));
      }
      const last = steps.at(-1);
      expect(any.get('default/a')?.metadata.resourceVersion).toBe(last?.deleted ? undefined : String(last?.version));
    }),
  );
});
