import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { withCoordinates } from '../../operator/benchmarkset/expand.ts';
import { mergePatch } from '../../operator/kube/merge-patch.ts';
import type { JsonObject } from '../../operator/kube/merge-patch.ts';
import { coordinatesOf, patchBetween, valueAt } from './difference.ts';

describe('between two objects', () => {
  test.each<[string, JsonObject, JsonObject, JsonObject]>([
    ['nothing', { a: 1, b: { c: 2 } }, { b: { c: 2 }, a: 1 }, {}],
    ['another value', { a: 1, b: 2 }, { a: 1, b: 3 }, { b: 3 }],
    ['a value more', {}, { a: { b: 1 } }, { a: { b: 1 } }],
    ['a value less', { a: 1 }, {}, { a: null }],
    ['a value inside', { a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } }, { a: { c: 3 } }],
    ['another list', { a: [1, 2] }, { a: [2] }, { a: [2] }],
    ['an object in place of a value', { a: 1 }, { a: { b: 1 } }, { a: { b: 1 } }],
  ])('%s', (_, from, to, patch) => {
    expect(patchBetween(from, to)).toEqual(patch);
  });
});

const key = fc.constantFrom('a', 'b', 'c.d');
const value = fc.letrec<{ node: JsonObject[string]; object: JsonObject }>((tie) => ({
  node: fc.oneof({ maxDepth: 3 }, fc.integer({ max: 3 }), fc.array(fc.integer({ max: 2 }), { maxLength: 2 }), tie('object')),
  object: fc.dictionary(key, tie('node'), { maxKeys: 3 }),
})).object;
/** Fields of a spec have no dots. */
const spec = fc.dictionary(fc.constantFrom('a', 'b'), value, { maxKeys: 2 });

test('the patch makes the one of the other', () => {
  fc.assert(
    fc.property(value, value, (from, to) => {
      expect(mergePatch(from, patchBetween(from, to))).toEqual(to);
    }),
  );
});

test('the coordinates of the patch make the one of the other, as a cell', () => {
  fc.assert(
    fc.property(spec, spec, (from, to) => {
      expect(withCoordinates(from, coordinatesOf(patchBetween(from, to)))).toEqual(to);
    }),
  );
});

test.each<[string, JsonObject, JsonObject]>([
  ['by path', { iperf: { streams: 4 }, network: { host: true } }, { 'iperf.streams': 4, 'network.host': true }],
  ['a key with a dot keeps its object whole', { pod: { labels: { 'a.b/c': 'x' } } }, { 'pod.labels': { 'a.b/c': 'x' } }],
  ['nothing', {}, {}],
])('coordinates: %s', (_, patch, coordinates) => {
  expect(coordinatesOf(patch)).toEqual(coordinates);
});

test.each<[string, unknown]>([
  ['a.b', 1],
  ['a', { b: 1 }],
  ['a.c', undefined],
  ['a.b.c', undefined],
])('the value at %s', (path, at) => {
  expect(valueAt({ a: { b: 1 } }, path)).toEqual(at);
});
