import { expect, test } from '@jest/globals';
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
