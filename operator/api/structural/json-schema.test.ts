import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { compileJsonSchema } from './json-schema.ts';
import type { Schema } from './schema.ts';

const told = (schema: Schema, value: unknown) =>
  compileJsonSchema({ type: 'object', properties: { v: schema } })({ v: value }).map(({ path, message }) => `${path}: ${message}`);

describe('values that are refused', () => {
  test.each<[string, Schema, unknown, string]>([
    ['too small', { type: 'integer', minimum: 1, maximum: 128 }, -1, 'v: -1 is not allowed; 1 to 128'],
    ['no choice', { type: 'string', enum: ['TCP', 'UDP'] }, 'TCPX', 'v: "TCPX" is not allowed; TCP or UDP'],
    ['a fraction', { type: 'integer', minimum: 1, maximum: 128 }, 1.5, 'v: 1.5 is not allowed; a whole number, 1 to 128'],
    ['text for a number', { type: 'integer' }, '4', 'v: "4" is not allowed; a whole number'],
    ['a number for text', { type: 'string', pattern: 's$', example: '10s' }, 10, 'v: 10 is not allowed; like 10s'],
    ['a number that would do as text', { type: 'string', pattern: '^[0-9]+$' }, 1200, 'v: 1200 is not allowed; write "1200", in quotes'],
    ['a switch that would do as text', { type: 'string', enum: ['true', 'auto'] }, true, 'v: true is not allowed; write "true", in quotes'],
    ['another form', { type: 'string', pattern: 's$', example: '10s' }, '10', 'v: "10" is not allowed; like 10s'],
    ['too long', { type: 'string', pattern: 's$', maxLength: 2 }, 'sss', 'v: "sss" is not allowed; text of at most 2 characters'],
    ['too short', { type: 'string', minLength: 1 }, '', 'v: "" is not allowed; text of at least 1 characters'],
    [
      'too many items',
      { type: 'array', maxItems: 1, items: { type: 'integer' } },
      [1, 2],
      'v: 2 items are not allowed; a list of at most 1 items',
    ],
    ['too many fields', { type: 'object', maxProperties: 1 }, { a: 1, b: 2 }, 'v: 2 fields are not allowed; an object of at most 1 fields'],
    ['null', { type: 'string' }, null, 'v: null is not allowed; text'],
    ['the bound itself when it is excluded', { type: 'number', minimum: 0, exclusiveMinimum: true }, 0, 'v: 0 is not allowed; more than 0'],
    ['a list for an object', { type: 'object' }, [], 'v: [] is not allowed; an object'],
    ['beyond 32 bits', { type: 'integer', format: 'int32' }, 2 ** 40, 'v: 1099511627776 is not allowed; a whole number'],
    ['no time', { type: 'string', format: 'date-time' }, 'today', 'v: "today" is not allowed; text'],
    ['neither number nor text', { 'x-kubernetes-int-or-string': true }, 1.5, 'v: 1.5 is not allowed; a whole number, or text'],
    [
      'no branch of several',
      { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } }, anyOf: [{ required: ['a'] }, { required: ['b'] }] },
      {},
      'v: {} is not allowed; at least one of a, b',
    ],
    ['one that is excluded', { type: 'string', not: { enum: ['x'] } }, 'x', 'v: "x" is not allowed; no allowed form fits'],
  ])('%s', (_, schema, value, message) => {
    expect(told(schema, value)).toEqual([message]);
  });

  test('what is missing is told at its own path, with what is allowed there', () => {
    const schema: Schema = { type: 'object', required: ['mode'], properties: { mode: { type: 'string', enum: ['A', 'B'] } } };
    expect(told(schema, {})).toEqual(['v.mode: is missing; A or B']);
  });

  test('every place is told at once, each once', () => {
    const schema: Schema = { type: 'array', items: { type: 'integer', minimum: 1, maximum: 3 } };
    expect(told(schema, [0, 'x', 2, 9])).toEqual([
      'v[0]: 0 is not allowed; 1 to 3',
      'v[1]: "x" is not allowed; a whole number, 1 to 3',
      'v[3]: 9 is not allowed; 1 to 3',
    ]);
  });

  test('a key that looks like an index or a pointer is still a key', () => {
    const schema: Schema = { type: 'object', additionalProperties: { type: 'integer' } };
    expect(told(schema, { 0: 'x', 'a/b~c': 'x' })).toEqual([
      'v.0: "x" is not allowed; a whole number',
      'v[a/b~c]: "x" is not allowed; a whole number',
    ]);
  });
});

describe('further keywords', () => {
  test.each<[string, Schema, unknown, string]>([
    ['no multiple', { type: 'integer', multipleOf: 512 }, 1000, 'v: 1000 is not allowed; a multiple of 512'],
    ['too few items', { type: 'array', minItems: 2 }, [1], 'v: 1 items are not allowed; a list of at least 2 items'],
    ['too few fields', { type: 'object', minProperties: 1 }, {}, 'v: 0 fields are not allowed; an object of at least 1 fields'],
    ['an item twice', { type: 'array', uniqueItems: true }, [1, 1], 'v: [1,1] is not allowed; a list'],
    ['the upper bound when it is excluded', { type: 'integer', maximum: 5, exclusiveMaximum: true }, 5, 'v: 5 is not allowed; less than 5'],
    ['2^31, one beyond 32 bits', { type: 'integer', format: 'int32' }, 2 ** 31, 'v: 2147483648 is not allowed; a whole number'],
    [
      'beyond what JSON carries exactly',
      { type: 'integer', format: 'int64' },
      2 ** 53,
      'v: 9007199254740992 is not allowed; a whole number',
    ],
    ['a day without time', { type: 'string', format: 'date-time' }, '2026-11-21', 'v: "2026-11-21" is not allowed; text'],
    [
      'a time without zone',
      { type: 'string', format: 'date-time' },
      '2026-11-21T00:00:00',
      'v: "2026-11-21T00:00:00" is not allowed; text',
    ],
    ['another type than an enum of null', { type: 'string', nullable: true, enum: ['a'] }, 'b', 'v: "b" is not allowed; a'],
    [
      'both of two that exclude each other',
      { type: 'object', properties: { a: {}, b: {} }, oneOf: [{ required: ['a'] }, { required: ['b'] }] },
      { a: 1, b: 1 },
      'v: {"a":1,"b":1} is not allowed; exactly one of a, b',
    ],
    [
      'the value of a map in an item of a list',
      { type: 'array', items: { type: 'object', additionalProperties: { type: 'boolean' } } },
      [{ on: true }, { on: 1 }],
      'v[1].on: 1 is not allowed; true or false',
    ],
  ])('%s', (_, schema, value, message) => {
    expect(told(schema, value)).toEqual([message]);
  });

  test('bounds hold exactly, whichever are given and excluded', () => {
    const bound = fc.option(fc.integer({ min: -5, max: 5 }), { nil: undefined });
    fc.assert(
      fc.property(bound, bound, fc.boolean(), fc.boolean(), fc.integer({ min: -7, max: 7 }), (low, high, openLow, openHigh, value) => {
        const schema: Schema = {
          type: 'integer',
          ...(low !== undefined && { minimum: low, exclusiveMinimum: openLow }),
          ...(high !== undefined && { maximum: high, exclusiveMaximum: openHigh }),
        };
        const above = low === undefined || (openLow ? value > low : value >= low);
        const below = high === undefined || (openHigh ? value < high : value <= high);
        expect(told(schema, value).length).toBe(above && below ? 0 : 1);
      }),
      { numRuns: 60 },
    );
  });
});

describe('values that are taken', () => {
  test.each<[string, Schema, unknown]>([
    [
      'a whole number for either',
      { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }], pattern: '%$' },
      10,
    ],
    ['text for either', { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }], pattern: '%$' }, '10%'],
    ['the smallest of 32 bits', { type: 'integer', format: 'int32' }, -(2 ** 31)],
    ['the largest of 32 bits', { type: 'integer', format: 'int32' }, 2 ** 31 - 1],
    ['a time with an offset', { type: 'string', format: 'date-time' }, '2026-11-21T03:46:17+01:00'],
    ['whatever holds where nothing is said', {}, [{ a: 1 }]],
    ['unknown fields, which are pruned and not refused', { type: 'object', properties: {} }, { a: 1 }],
    ['null where it is allowed', { type: 'string', nullable: true, enum: ['a'] }, null],
    ['a time in UTC with microseconds', { type: 'string', format: 'date-time' }, '2026-11-21T03:46:17.123456Z'],
    ['a format that is not known', { type: 'string', format: 'isbn' }, 'x'],
    ['an escape of Go that JavaScript knows only without Unicode mode', { type: 'string', pattern: '^[a\\-z]+$' }, 'a-z'],
    ['length in characters, not in bytes or UTF-16 units', { type: 'string', maxLength: 2 }, '😀ä'],
  ])('%s', (_, schema, value) => {
    expect(told(schema, value)).toEqual([]);
  });
});
