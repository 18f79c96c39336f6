import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { fieldsOf, fromFieldsV1, pathOf, shownPath, toFieldsV1, without } from './field-set.ts';
import type { ListSchema } from './field-set.ts';

const keyed: ListSchema = {
  properties: {
    spec: {
      properties: {
        parts: { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'], items: { properties: {} } },
        tags: { 'x-kubernetes-list-type': 'set' },
        options: { additionalProperties: { properties: { deep: { 'x-kubernetes-list-type': 'set' } } } },
      },
    },
  },
};

describe('the fields that a value sets', () => {
  test.each([
    ['a scalar', { spec: { size: 1 } }, ['.spec.size']],
    ['an object that is empty', { spec: {} }, ['.spec']],
    ['objects in objects', { a: { b: { c: 1 }, d: 2 } }, ['.a.b.c', '.a.d']],
    ['a list without a type is one value', { spec: { list: [1, 2] } }, ['.spec.list']],
    [
      'an item of a keyed list',
      { spec: { parts: [{ name: 'x', n: 1 }] } },
      ['.spec.parts[name="x"]', '.spec.parts[name="x"].name', '.spec.parts[name="x"].n'],
    ],
    ['the values of a set', { spec: { tags: ['a', 'b'] } }, ['.spec.tags[="a"]', '.spec.tags[="b"]']],
    ['lists under free names', { spec: { options: { any: { deep: ['x'] } } } }, ['.spec.options.any.deep[="x"]']],
    ['nothing', {}, []],
  ])('%s', (_, value, wanted) => {
    expect([...fieldsOf(value, keyed).keys()].map(shownPath)).toEqual(wanted);
  });

  test('come with their values', () => {
    expect([...fieldsOf({ a: [1], b: 'x' }, undefined).values()]).toEqual([[1], 'x']);
  });

  test('a key of several fields is named in full', () => {
    const ports: ListSchema = {
      properties: { ports: { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['port', 'protocol'] } },
    };
    const fields = fieldsOf({ ports: [{ protocol: 'TCP', port: 80 }] }, ports);
    expect(shownPath([...fields.keys()][0] ?? '')).toBe('.ports[port=80,protocol="TCP"]');
  });
});

describe('fieldsV1', () => {
  test('is a tree with a dot where a path is owned and has children', () => {
    const paths = new Set(fieldsOf({ spec: { parts: [{ name: 'x' }], size: 1 } }, keyed).keys());
    expect(toFieldsV1(paths)).toEqual({ 'f:spec': { 'f:parts': { 'k:{"name":"x"}': { '.': {}, 'f:name': {} } }, 'f:size': {} } });
  });

  test.each([
    ['nothing', undefined],
    ['text', 'f:spec'],
    ['a list', []],
  ])('that is %s names no fields', (_, fields) => {
    expect(fromFieldsV1(fields).size).toBe(0);
  });

  test('survives the way there and back', () => {
    const segment = fc.oneof(
      fc.string({ minLength: 1, maxLength: 5 }).map((name) => `f:${name}`),
      fc.string({ maxLength: 5 }).map((name) => `k:${JSON.stringify({ name })}`),
    );
    const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map(pathOf);
    fc.assert(
      fc.property(fc.uniqueArray(path), (paths) => {
        const set = new Set(paths.filter((one) => !one.includes('__proto__')));
        expect(fromFieldsV1(toFieldsV1(set))).toEqual(set);
      }),
    );
  });
});

test('a set without another keeps the rest', () => {
  expect(without(new Set(['a', 'b']), new Set(['b', 'c']))).toEqual(new Set(['a']));
});
