import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { duplicates, identityOf } from './list-types.ts';
import type { Schema } from './schema.ts';

const byName: Schema = {
  type: 'array',
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': ['name', 'port'],
  items: { type: 'object', properties: { name: { type: 'string' }, port: { type: 'integer' } } },
};
const set: Schema = { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'string' } };
const atomic: Schema = { type: 'array', items: { type: 'string' } };
const schema: Schema = {
  type: 'object',
  properties: { byName, set, atomic, nested: { type: 'array', items: { type: 'object', properties: { set } } } },
};

test.each<[string, object, string[]]>([
  [
    'each once',
    {
      byName: [
        { name: 'a', port: 1 },
        { name: 'a', port: 2 },
      ],
      set: ['a', 'b'],
    },
    [],
  ],
  [
    'keys twice',
    {
      byName: [
        { name: 'a', port: 1 },
        { name: 'a', port: 1 },
      ],
    },
    ['byName[1]: a second name "a", port 1 is not allowed; each item once'],
  ],
  [
    'an item of a set twice',
    { set: ['a', 'b', 'a', 'a'] },
    ['set[2]: a second "a" is not allowed; each item once', 'set[3]: a second "a" is not allowed; each item once'],
  ],
  [
    'inside another list',
    { nested: [{ set: ['a'] }, { set: ['a', 'a'] }] },
    ['nested[1].set[1]: a second "a" is not allowed; each item once'],
  ],
  ['lists that may repeat', { atomic: ['a', 'a'] }, []],
  ['items of another type', { byName: ['a', 'a'] }, []],
])('%s', (_, object, told) => {
  expect(duplicates(schema, object).map(({ path, message }) => `${path}: ${message}`)).toEqual(told);
});

test('text and number are not the same key', () => {
  expect(identityOf(byName, { name: 'a', port: 1 })).not.toBe(identityOf(byName, { name: 'a', port: '1' }));
});

test('every item but the first of its identity is told, and no other', () => {
  const item = fc.record({ name: fc.constantFrom('a', 'b'), port: fc.integer({ min: 1, max: 3 }), size: fc.nat() });
  fc.assert(
    fc.property(fc.array(item, { maxLength: 8 }), (items) => {
      const identities = items.map(({ name, port }) => `${name}:${port}`);
      const later = identities.flatMap((identity, index) => (identities.indexOf(identity) < index ? [`byName[${index}]`] : []));
      expect(duplicates(schema, { byName: items }).map(({ path }) => path)).toEqual(later);
    }),
  );
});

test.each<[string, Schema, unknown, string | undefined]>([
  ['the whole of an item of a set', set, 'a', '"a"'],
  ['the keys of an item of a map, in their order', byName, { port: 1, name: 'a', size: 3 }, '["a",1]'],
  ['a key that is not there is none, as a default would be', byName, { name: 'a' }, '["a",null]'],
  ['nothing of a list that may repeat', atomic, 'a', undefined],
  ['nothing of an item that has no fields', byName, 'a', undefined],
])('identity: %s', (_, list, item, identity) => {
  expect(identityOf(list, item)).toBe(identity);
});

test('an object and a list of one place do not take each other for items', () => {
  expect(duplicates(schema, { set: { 0: 'a', 1: 'a' }, nested: 'text' })).toEqual([]);
});
