import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { MatrixNodes } from '../api/types.ts';
import { pairCount, pairPaths, pairsOf } from './node-pairs.ts';

const texts = (axis: MatrixNodes, nodes: string[]) => {
  const [first, second] = pairPaths(axis);
  return pairsOf(axis, nodes).map((pair) => `${pair[first]}${pair[second]}`);
};

describe('pairs', () => {
  test('ordered: each both ways round, none with itself', () => {
    expect(texts({}, ['a', 'b', 'c'])).toEqual(['ab', 'ac', 'ba', 'bc', 'ca', 'cb']);
  });

  test('unordered: each once, the first node for the first role', () => {
    expect(texts({ pairs: 'Unordered' }, ['a', 'b', 'c'])).toEqual(['ab', 'ac', 'bc']);
  });

  test('KP-26 five nodes give 20 ordered pairs, each once', () => {
    const pairs = texts({}, ['a', 'b', 'c', 'd', 'e']);
    expect([pairs.length, new Set(pairs).size]).toEqual([20, 20]);
  });

  test('are as many as were counted before', () => {
    const axes = fc.constantFrom<MatrixNodes>({}, { pairs: 'Unordered' });
    fc.assert(
      fc.property(axes, fc.uniqueArray(fc.stringMatching(/^[a-z]{1,4}$/), { maxLength: 12 }), (axis, nodes) => {
        expect(pairsOf(axis, nodes)).toHaveLength(pairCount(axis, nodes.length));
      }),
    );
  });
});

describe('coordinates', () => {
  test('are the nodes of server and client', () => {
    expect(pairsOf({ pairs: 'Unordered' }, ['a', 'b'])).toEqual([{ 'placement.nodes.server': 'a', 'placement.nodes.client': 'b' }]);
  });

  test('are those of other roles at another path where that is said', () => {
    expect(pairPaths({ path: 'somewhere', roles: ['launcher', 'worker'] })).toEqual(['somewhere.launcher', 'somewhere.worker']);
  });
});
