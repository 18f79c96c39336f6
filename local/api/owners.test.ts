import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { shownPath } from './field-set.ts';
import type { ApiObject, Fields } from './object.ts';
import { afterUpdate, createdBy, isSameWriter, managedFields, ownableFields, ownersOf, withMetadata } from './owners.ts';
import type { Writer } from './owners.ts';

const schema = withMetadata(undefined);

function writer(manager: string, more: Partial<Writer> = {}): Writer {
  return { manager, operation: 'Update', apiVersion: 'v1', time: '2026-01-01T00:00:00Z', ...more };
}

function object(data: Fields, metadata: Partial<ApiObject['metadata']> = {}): ApiObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', ...metadata }, data };
}

const fieldSet = (...names: string[]) => new Set(ownableFields(object(Object.fromEntries(names.map((name) => [name, 1]))), schema).keys());

describe('what somebody can own', () => {
  test.each<[string, ApiObject, string[]]>([
    ['data', object({ a: 1, b: { c: 2 } }), ['.data.a', '.data.b.c']],
    [
      'labels and annotations',
      object({}, { labels: { l: 'x' }, annotations: { n: 'y' } }),
      ['.data', '.metadata.labels.l', '.metadata.annotations.n'],
    ],
    [
      'finalizers one by one',
      object({}, { finalizers: ['a/x', 'b/y'] }),
      ['.data', '.metadata.finalizers[="a/x"]', '.metadata.finalizers[="b/y"]'],
    ],
    [
      'owners by their uid',
      object({}, { ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'u' }] }),
      ['.data', ...['', '.apiVersion', '.kind', '.name', '.uid'].map((field) => `.metadata.ownerReferences[uid="u"]${field}`)],
    ],
    [
      'nothing that the server writes itself',
      object(
        {},
        {
          namespace: 'ns',
          uid: 'u',
          resourceVersion: '3',
          generation: 1,
          creationTimestamp: 'x',
          deletionTimestamp: 'y',
          deletionGracePeriodSeconds: 3,
          generateName: 'a-',
          managedFields: [{}],
        },
      ),
      ['.data'],
    ],
  ])('%s', (_, given, paths) => {
    expect([...ownableFields(given, schema).keys()].map(shownPath)).toEqual(paths);
  });
});

test.each<[string, Partial<Writer>, boolean]>([
  ['another time', { time: '2027-01-01T00:00:00Z' }, true],
  ['another version', { apiVersion: 'v2' }, true],
  ['another name', { manager: 'other' }, false],
  ['an apply', { operation: 'Apply' }, false],
  ['the status', { subresource: 'status' }, false],
])('a writer and one with %s are the same: %s', (_, more, same) => {
  expect(isSameWriter(writer('me'), writer('me', more))).toBe(same);
});

describe('managedFields', () => {
  test('are read as they were written', () => {
    const owners = [
      { by: writer('one', { operation: 'Apply' }), fields: fieldSet('a', 'b') },
      { by: writer('two', { subresource: 'status' }), fields: fieldSet('c') },
    ];
    expect(ownersOf(object({}, { managedFields: managedFields(owners) }), schema)).toEqual(owners);
  });

  test('leave out who owns nothing', () => {
    expect(managedFields([{ by: writer('one'), fields: new Set() }])).toEqual([]);
  });

  test('of a creator stand for all there is, also what came later', () => {
    const [owner] = ownersOf(object({ a: 1, late: 2 }, { managedFields: createdBy(writer('one')) }), schema);
    expect(owner?.fields).toEqual(fieldSet('a', 'late'));
  });

  test.each([
    ['no list', []],
    ['no entry', [null]],
    ['no manager', [{ operation: 'Apply' }]],
    ['a manager that is no text', [{ manager: 1 }]],
  ])('with %s name nobody', (_, entries) => {
    expect(ownersOf(object({ a: 1 }, { managedFields: entries }), schema)).toEqual([]);
  });
});

describe('after plain writes', () => {
  const value = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 0, max: 2 }), { noNullPrototype: true });
  const write = fc.record({ manager: fc.constantFrom('one', 'two'), data: value });

  test('every field has one owner at most, and nobody owns what is not there', () => {
    fc.assert(
      fc.property(value, fc.array(write, { maxLength: 8 }), (first, writes) => {
        const start = managedFields([{ by: writer('one', { operation: 'Apply' }), fields: fieldSet(...Object.keys(first)) }]);
        let now = object(first, { managedFields: start });
        for (const { manager, data } of writes) {
          const entries = afterUpdate(now, object(data), schema, writer(manager));
          now = object(data, { managedFields: entries ?? [] });
        }
        const present = new Set(ownableFields(now, schema).keys());
        const owned = ownersOf(now, schema).flatMap(({ fields }) => Array.from(fields));
        expect(owned.length).toBe(new Set(owned).size);
        for (const path of owned) expect(present).toContain(path);
      }),
    );
  });

  test('the last to change a field owns it', () => {
    const before = object(
      { a: 1, b: 1 },
      { managedFields: managedFields([{ by: writer('one', { operation: 'Apply' }), fields: fieldSet('a', 'b') }]) },
    );
    const entries = afterUpdate(before, object({ a: 1, b: 2, c: 3 }), schema, writer('two')) ?? [];
    const owners = ownersOf(object({ a: 1, b: 2, c: 3 }, { managedFields: entries }), schema);
    expect(owners.map(({ by, fields }) => [by.manager, fields])).toEqual([
      ['one', fieldSet('a')],
      ['two', fieldSet('b', 'c')],
    ]);
  });
});
