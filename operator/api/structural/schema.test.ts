import { describe, expect, test } from '@jest/globals';
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
