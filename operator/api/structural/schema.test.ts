import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { childSchema, pathText, type Schema, schemaAt, type Segments, valueAt } from './schema.ts';

test.each<[Segments, string]>([
  [[], ''],
  [['spec'], 'spec'],
  [['spec', 'pod', 'env', 0, 'name'], 'spec.pod.env[0].name'],
  [['spec', 'matrix', 'product', 'iperf.streams', 2], 'spec.matrix.product[iperf.streams][2]'],
  [['metadata', 'labels', 'app.kubernetes.io/name'], 'metadata.labels[app.kubernetes.io/name]'],
  [['spec', 'roles', 'big-server'], 'spec.roles.big-server'],
])('the path of %j is %s', (segments, text) => {
  expect(pathText(segments)).toBe(text);
});

const text: Schema = { type: 'string' };
const schema: Schema = {
  type: 'object',
  properties: {
    list: { type: 'array', items: { type: 'object', properties: { name: text } } },
    map: { type: 'object', additionalProperties: text },
    free: { type: 'object', additionalProperties: true },
  },
};

describe('the schema at a path', () => {
  test.each<[Segments, Schema | undefined]>([
    [[], schema],
    [['list', 3, 'name'], text],
    [['map', 'any.key'], text],
    [['map', 'a', 'b'], undefined],
    [['free', 'a'], undefined],
    [['none'], undefined],
  ])('%j', (segments, found) => {
    expect(schemaAt(schema, segments)).toBe(found);
  });

  test('what every object inherits is no property', () => {
    expect(childSchema(schema, 'constructor')).toBeUndefined();
  });
});

test.each<[Segments, unknown]>([
  [['a', 1, 'b'], 5],
  [['a', 'b'], undefined],
  [['constructor'], undefined],
  [['a', 7], undefined],
  [['a', 1, 'b', 'c'], undefined],
])('the value at %j', (segments, value) => {
  expect(valueAt({ a: [0, { b: 5 }] }, segments)).toBe(value);
});

test('every leaf of an object is found by its segments, and no two have one path', () => {
  const leaves = (value: unknown, at: Segments = []): [Segments, unknown][] => {
    if (Array.isArray(value)) return value.flatMap((item, index) => leaves(item, [...at, index]));
    if (typeof value !== 'object' || value === null) return [[at, value]];
    return Object.entries(value).flatMap(([name, field]) => leaves(field, [...at, name]));
  };
  const object = fc.object({ key: fc.constantFrom('a', 'b-c', 'd_e', 'toString'), maxDepth: 3, values: [fc.integer(), fc.string()] });
  fc.assert(
    fc.property(object, (value) => {
      const found = leaves(value);
      for (const [segments, leaf] of found) expect(valueAt(value, segments)).toBe(leaf);
      expect(new Set(found.map(([segments]) => pathText(segments))).size).toBe(found.length);
    }),
  );
});
