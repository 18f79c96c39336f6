import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { applyDefaults } from './defaults.ts';
import type { Schema } from './schema.ts';

const schema: Schema = {
  type: 'object',
  properties: {
    count: { type: 'integer', default: 1 },
    off: { type: 'boolean', default: false },
    name: { type: 'string' },
    maybe: { type: 'string', nullable: true, default: 'x' },
    limits: { type: 'object', default: {}, properties: { pending: { type: 'string', default: '5m' } } },
    plain: { type: 'object', properties: { size: { type: 'integer', default: 7 } } },
    items: { type: 'array', items: { type: 'object', properties: { size: { type: 'integer', default: 7 } } } },
    map: { type: 'object', additionalProperties: { type: 'object', properties: { size: { type: 'integer', default: 7 } } } },
    counts: { type: 'object', additionalProperties: { type: 'integer', default: 3 } },
    marks: { type: 'array', items: { type: 'integer', default: 3 } },
    any: { type: 'object', additionalProperties: { nullable: true, 'x-kubernetes-preserve-unknown-fields': true } },
  },
};

const filled = <T extends object>(value: T): T => {
  applyDefaults(schema, value);
  return value;
};
const whole = { count: 1, off: false, maybe: 'x', limits: { pending: '5m' } };

test.each([
  ['nothing there', {}, whole],
  ['a value stays', { count: 5 }, { ...whole, count: 5 }],
  ['false and 0 are values', { count: 0, off: false }, { ...whole, count: 0 }],
  ['null is absence', { count: null }, whole],
  ['null without a default goes', { name: null }, whole],
  ['null stays where it is allowed', { maybe: null }, { ...whole, maybe: null }],
  ['a default with defaults of its own', { limits: {} }, whole],
  ['no default inside what is not there', { name: 'a' }, { ...whole, name: 'a' }],
  ['inside an object that is there', { plain: {} }, { ...whole, plain: { size: 7 } }],
  ['inside items of a list', { items: [{}, { size: 1 }] }, { ...whole, items: [{ size: 7 }, { size: 1 }] }],
  ['inside values of a map', { map: { a: {} } }, { ...whole, map: { a: { size: 7 } } }],
  ['null as a value of a map', { counts: { a: null }, map: { a: null } }, { ...whole, counts: { a: 3 }, map: {} }],
  ['null as an item of a list', { marks: [null, 1] }, { ...whole, marks: [3, 1] }],
  ['null that means something', { any: { a: null } }, { ...whole, any: { a: null } }],
  ['a value of another type is left alone', { plain: 'text', items: 3 }, { ...whole, plain: 'text', items: 3 }],
])('%s', (_, value, expected) => {
  expect(filled(value)).toEqual(expected);
});

test('defaults are not shared between objects', () => {
  const first: { limits?: { pending?: string } } = filled({});
  if (first.limits) first.limits.pending = 'changed';
  expect(filled({})).toEqual(whole);
});

test('a second time changes nothing', () => {
  fc.assert(
    fc.property(fc.object({ key: fc.constantFrom('count', 'limits', 'plain', 'items', 'map', 'size', 'other'), maxDepth: 3 }), (value) => {
      const once = filled(structuredClone(value));
      expect(filled(structuredClone(once))).toEqual(once);
    }),
  );
});
