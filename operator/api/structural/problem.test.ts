import { describe, expect, test } from '@jest/globals';
import { allowedText, alternatives, numberOfKind, problem, refusal, shown } from './problem.ts';
import type { Schema } from './schema.ts';

describe('what is allowed', () => {
  test.each<[Schema, string]>([
    [{ type: 'string', enum: ['TCP', 'UDP'] }, 'TCP or UDP'],
    [{ type: 'integer', enum: [2, 3] }, '2 or 3'],
    [{ type: 'integer' }, 'a whole number'],
    [{ type: 'number' }, 'a number'],
    [{ type: 'integer', minimum: 1, maximum: 128 }, '1 to 128'],
    [{ type: 'integer', minimum: 1 }, 'at least 1'],
    [{ type: 'integer', maximum: 9 }, 'at most 9'],
    [{ type: 'number', minimum: 0, exclusiveMinimum: true }, 'more than 0'],
    [{ type: 'number', minimum: 0, maximum: 1, exclusiveMaximum: true }, 'at least 0 and less than 1'],
    [{ type: 'integer', multipleOf: 512 }, 'a multiple of 512'],
    [{ type: 'boolean' }, 'true or false'],
    [{ type: 'string' }, 'text'],
    [{ type: 'string', maxLength: 5 }, 'text of at most 5 characters'],
    [{ type: 'string', minLength: 1, maxLength: 5 }, 'text of 1 to 5 characters'],
    [{ type: 'string', pattern: '^[0-9]+s$', example: '10s', default: '1s' }, 'like 10s'],
    [{ type: 'string', pattern: '^[0-9]+s$', default: '1s' }, 'like 1s'],
    [{ type: 'string', pattern: '^[0-9]+s$' }, 'text of the form ^[0-9]+s$'],
    [{ type: 'array', minItems: 1, maxItems: 5 }, 'a list of 1 to 5 items'],
    [{ type: 'array' }, 'a list'],
    [{ type: 'object' }, 'an object'],
    [{ type: 'object', minProperties: 1 }, 'an object of at least 1 fields'],
    [{ 'x-kubernetes-int-or-string': true, pattern: '%$', example: '10%' }, 'a whole number, or like 10%'],
    [{}, 'another value'],
  ])('%j: %s', (schema, text) => {
    expect(allowedText(schema)).toBe(text);
  });

  test('a number says its kind where the value is none', () => {
    expect(numberOfKind({ type: 'integer', minimum: 1, maximum: 128 })).toBe('a whole number, 1 to 128');
  });
});

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a or b'],
  [['a', 'b', 'c'], 'a, b or c'],
])('alternatives of %j', (words, text) => {
  expect(alternatives(words)).toBe(text);
});

describe('a value in a message', () => {
  test.each([
    ['text in quotes', 'TCPX', '"TCPX"'],
    ['a number', -1, '-1'],
    ['line breaks escaped', 'a\nb', '"a\\nb"'],
    ['an object', { a: [1] }, '{"a":[1]}'],
    ['nothing', undefined, 'undefined'],
  ])('%s', (_, value, text) => {
    expect(shown(value)).toBe(text);
  });

  test('is cut to a line', () => {
    expect(shown('x'.repeat(10_000))).toHaveLength(63);
  });
});

test('a refusal names the value and what is allowed', () => {
  expect(refusal(-1, '1 to 128')).toBe('-1 is not allowed; 1 to 128');
});

test('a problem without value has no such field', () => {
  expect(problem(['spec', 'a'], 'is missing')).toEqual({ path: 'spec.a', segments: ['spec', 'a'], message: 'is missing' });
});

test.each<[string, Schema, string]>([
  [
    'both bounds excluded',
    { type: 'number', minimum: 0, maximum: 1, exclusiveMinimum: true, exclusiveMaximum: true },
    'more than 0 and less than 1',
  ],
  ['a bound and a multiple', { type: 'integer', minimum: 512, multipleOf: 512 }, 'at least 512'],
  ['an enum before all else', { type: 'integer', minimum: 1, enum: [2] }, '2'],
  ['number or text with a range', { 'x-kubernetes-int-or-string': true, minimum: 0 }, 'a whole number, at least 0, or text'],
  ['an example that is no text', { type: 'string', pattern: '^a$', example: 5 }, 'text of the form ^a$'],
])('what is allowed: %s', (_, schema, text) => {
  expect(allowedText(schema)).toBe(text);
});
