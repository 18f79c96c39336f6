import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { CrdSchema } from './crd-schema.ts';

const schema = new CrdSchema({
  type: 'object',
  required: ['spec'],
  properties: {
    spec: {
      type: 'object',
      required: ['size'],
      properties: {
        size: { type: 'integer', minimum: 1, maximum: 128 },
        mode: { type: 'string', enum: ['Small', 'Large'], default: 'Small' },
        parts: {
          type: 'array',
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['name'],
          items: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
        },
      },
      'x-kubernetes-validations': [
        { rule: "self.size <= 10 || self.mode == 'Large'", message: 'needs mode Large', fieldPath: '.size' },
        { rule: 'self.mode == oldSelf.mode', message: 'may not change', fieldPath: '.mode' },
      ],
    },
  },
});

const object = (spec: unknown, metadata: object = {}) => ({
  apiVersion: 'a/v1',
  kind: 'Widget',
  metadata: { name: 'w', ...metadata },
  spec,
});
const told = (problems: { path: string; message: string }[]) => problems.map(({ path, message }) => `${path}: ${message}`);

describe('validate', () => {
  test.each<[string, object, string[]]>([
    ['a sound object', object({ size: 1, mode: 'Small' }), []],
    [
      'values, lists and rules at once',
      object({ size: 11, mode: 'Small', parts: [{ name: 'a' }, { name: 'a' }] }),
      ['spec.parts[1]: a second name "a" is not allowed; each item once'],
    ],
    ['a rule', object({ size: 11, mode: 'Small' }), ['spec.size: needs mode Large']],
    [
      'no rule about a broken value',
      object({ size: 500, mode: 'small' }),
      ['spec.size: 500 is not allowed; 1 to 128', 'spec.mode: "small" is not allowed; Small or Large'],
    ],
    ['what is missing', { apiVersion: 'a/v1', kind: 'Widget', metadata: { name: 'w' } }, ['spec: is missing; an object']],
    [
      'a label',
      object({ size: 1, mode: 'Small' }, { labels: { team: 'a b' } }),
      ['metadata.labels.team: "a b" is not allowed; like team-a (letters, digits, "-", "_" and ".")'],
    ],
    [
      'the key of a label',
      object({ size: 1, mode: 'Small' }, { labels: { 'a b': '' } }),
      ['metadata.labels: a b is not allowed as a key; like team or example.com/team'],
    ],
    [
      'a name',
      object({ size: 1, mode: 'Small' }, { name: 'My_Widget' }),
      ['metadata.name: "My_Widget" is not allowed; like net-1 (a-z, 0-9 and -)'],
    ],
  ])('%s', (_, value, expected) => {
    expect(told(schema.validate(value))).toEqual(expected);
  });

  test('changes are judged against the object before', () => {
    const old = object({ size: 1, mode: 'Small' });
    expect(told(schema.validate(object({ size: 20, mode: 'Large' }), old))).toEqual(['spec.mode: may not change']);
  });
});

describe('unknown fields', () => {
  test('are named, with what was meant or what there is', () => {
    expect(told(schema.unknownFieldProblems(object({ sizes: 1, colour: 'red' })))).toEqual([
      'spec.sizes: unknown field; did you mean "size"?',
      'spec.colour: unknown field; allowed are mode, parts, size',
    ]);
  });

  test('of metadata too, which every object shares', () => {
    expect(schema.unknownFields(object({}, { label: {} }))).toEqual(['metadata.label']);
  });

  test('are pruned', () => {
    const value = { ...object({ size: 1, colour: 'red' }), extra: 1 };
    expect(schema.prune(value)).toEqual(['spec.colour', 'extra']);
    expect(value).toEqual(object({ size: 1 }));
  });
});

test('defaults are filled in', () => {
  const value = object({ size: 1 });
  schema.applyDefaults(value);
  expect(value.spec).toEqual({ size: 1, mode: 'Small' });
});

test('no JSON makes it throw, and pruned objects have no unknown fields', () => {
  const fields = fc.object({
    key: fc.constantFrom('metadata', 'spec', 'size', 'mode', 'parts', 'name', 'labels', '__proto__'),
    maxDepth: 4,
  });
  fc.assert(
    fc.property(fields, (value) => {
      schema.prune(value);
      schema.applyDefaults(value);
      expect(schema.validate(value, value)).toBeInstanceOf(Array);
      expect(schema.unknownFields(value)).toEqual([]);
    }),
  );
});

test('a schema that does not compile is refused at once', () => {
  expect(() => new CrdSchema({ type: 'object', properties: { a: { type: 'string', pattern: '(' } } })).toThrow();
});

describe('an object that is stored', () => {
  test('is refused nothing when it comes back unchanged: status writes and labels must go through', () => {
    const value = fc.record({ size: fc.integer({ min: 1, max: 10 }), mode: fc.constantFrom('Small', 'Large') });
    fc.assert(
      fc.property(value, (spec) => {
        expect(schema.validate(object(spec), object(spec))).toEqual([]);
      }),
    );
  });

  test('that is new is asked no rule about changes', () => {
    expect(schema.validate(object({ size: 1, mode: 'Large' }))).toEqual([]);
  });
});

test.each<[string, unknown, string]>([
  ['what is there, where nothing is meant', { zzzzzzzz: 1 }, 'unknown field; allowed are mode, parts, size'],
  ['what is meant', { prats: [] }, 'unknown field; did you mean "parts"?'],
  ['what is meant in an item', { parts: [{ naem: 'a' }] }, 'unknown field; did you mean "name"?'],
])('an unknown field says %s', (_, spec, message) => {
  expect(schema.unknownFieldProblems(object(spec)).map((one) => one.message)).toEqual([message]);
});
