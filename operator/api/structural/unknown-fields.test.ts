import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { pathText, type Schema } from './schema.ts';
import { prune, unknownFields } from './unknown-fields.ts';

const known: Schema = { type: 'object', properties: { size: { type: 'integer' } } };
const schema: Schema = {
  type: 'object',
  properties: {
    known,
    list: { type: 'array', items: known },
    map: { type: 'object', additionalProperties: known },
    free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, properties: { known } },
    any: { 'x-kubernetes-preserve-unknown-fields': true },
    texts: { type: 'object', additionalProperties: { type: 'string' } },
    pod: { type: 'object', 'x-kubernetes-embedded-resource': true, properties: { spec: known } },
  },
};

const cases: [string, object, string[], object][] = [
  ['nothing unknown', { known: { size: 1 } }, [], { known: { size: 1 } }],
  ['a field of the root', { size: 1, known: {} }, ['size'], { known: {} }],
  ['a field of a field', { known: { sise: 1 } }, ['known.sise'], { known: {} }],
  ['a field of an item', { list: [{ size: 1 }, { a: 1 }] }, ['list[1].a'], { list: [{ size: 1 }, {}] }],
  ['a field of a value of a map', { map: { k: { a: 1 } } }, ['map.k.a'], { map: { k: {} } }],
  ['what is to be preserved', { free: { a: 1 } }, [], { free: { a: 1 } }],
  ['known fields below what is to be preserved', { free: { known: { a: 1 } } }, ['free.known.a'], { free: { known: {} } }],
  ['anything', { any: { a: [{ b: 1 }] } }, [], { any: { a: [{ b: 1 }] } }],
  [
    'an embedded object',
    { pod: { kind: 'Pod', spec: { a: 1 }, status: {} } },
    ['pod.spec.a', 'pod.status'],
    { pod: { kind: 'Pod', spec: {} } },
  ],
  ['a value of another type', { known: [{ a: 1 }], list: 'text' }, [], { known: [{ a: 1 }], list: 'text' }],
  ['a name that objects inherit', { toString: 1 }, ['toString'], {}],
];

describe('unknown fields are found', () => {
  test.each(cases)('%s', (_, object, paths) => {
    expect(unknownFields(schema, object).map(pathText)).toEqual(paths);
  });
});

describe('and pruned', () => {
  test.each(cases)('%s', (_, object, paths, rest) => {
    const copy = structuredClone(object);
    expect(prune(schema, copy).map(pathText)).toEqual(paths);
    expect(copy).toEqual(rest);
  });

  test('after which none is left, whatever the object was', () => {
    fc.assert(
      fc.property(fc.object({ key: fc.constantFrom('known', 'list', 'map', 'free', 'any', 'size', 'x'), maxDepth: 4 }), (object) => {
        prune(schema, object);
        expect(unknownFields(schema, object)).toEqual([]);
      }),
    );
  });
});
