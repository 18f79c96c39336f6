import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { celValue } from './cel-value.ts';
import type { Schema } from './schema.ts';

const schema: Schema = {
  type: 'object',
  properties: {
    whole: { type: 'integer' },
    share: { type: 'number' },
    either: { 'x-kubernetes-int-or-string': true },
    list: { type: 'array', items: { type: 'number' } },
    map: { type: 'object', additionalProperties: { type: 'integer' } },
  },
};

test.each([
  ['an integer is an int', { whole: 4 }, { whole: 4n }],
  ['a number is a double, whole or not', { share: 1 }, { share: 1 }],
  ['int or string', { either: 3 }, { either: 3n }],
  ['items follow the schema', { list: [1, 2.5] }, { list: [1, 2.5] }],
  ['values of a map too', { map: { a: 1 } }, { map: { a: 1n } }],
  ['what the schema does not know', { other: { a: [1, 0.5] } }, { other: { a: [1n, 0.5] } }],
  ['a fraction where a whole number should be stays one', { whole: 1.5 }, { whole: 1.5 }],
  ['the rest is itself', { text: 'a', no: false, nothing: null }, { text: 'a', no: false, nothing: null }],
])('%s', (_, json, cel) => {
  expect(celValue(schema, json)).toEqual(cel);
});

test('a key named __proto__ is a key', () => {
  const value = celValue(undefined, JSON.parse('{"__proto__": {"a": 1}}'));
  expect(JSON.stringify(value, (_, field: unknown) => (typeof field === 'bigint' ? Number(field) : field))).toBe('{"__proto__":{"a":1}}');
});

test('no JSON is lost or changed but in the kind of its whole numbers', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), (json) => {
      const back = JSON.stringify(celValue(schema, json), (_, field: unknown) => (typeof field === 'bigint' ? Number(field) : field));
      expect(back).toBe(JSON.stringify(json));
    }),
  );
});
