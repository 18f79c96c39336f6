import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { boxesFor, cellsAlongEdge } from './mesh.ts';

test.each([
  [{}, 50],
  [{ size: 'S' }, 50],
  [{ size: 'M' }, 100],
  [{ size: 'XL' }, 200],
  [{ size: 'XXL' }, 300],
  [{ cells: 64 }, 64],
] as const)('%j has %i cells along an edge', (parameters, cells) => {
  expect(cellsAlongEdge(parameters)).toBe(cells);
});

describe('boxes', () => {
  test.each([
    [1, [1, 1, 1]],
    [2, [1, 1, 2]],
    [4, [1, 2, 2]],
    [6, [1, 2, 3]],
    [7, [1, 1, 7]],
    [8, [2, 2, 2]],
    [12, [2, 2, 3]],
    [64, [4, 4, 4]],
    [96, [4, 4, 6]],
    [4096, [16, 16, 16]],
  ])('for %i ranks are %j', (ranks, boxes) => {
    expect(boxesFor(ranks)).toEqual(boxes);
  });

  test('are as many as ranks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4096 }), (ranks) => {
        const [x, y, z] = boxesFor(ranks);
        expect(x * y * z).toBe(ranks);
      }),
    );
  });
});

/** Every way to cut the cube into so many boxes. */
function allBoxes(ranks: number): (readonly [number, number, number])[] {
  const sides = Array.from({ length: ranks }, (_, index) => index + 1);
  return sides.flatMap((x) => sides.map((y) => [x, y, ranks / x / y] as const)).filter(([, , z]) => Number.isInteger(z));
}

test('no other boxes have smaller cuts between them, and the longest row is the last', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 120 }), (ranks) => {
      const [x, y, z] = boxesFor(ranks);
      expect(x + y + z).toBe(Math.min(...allBoxes(ranks).map(([one, two, three]) => one + two + three)));
      expect([x, y, z].toSorted((one, other) => one - other)).toEqual([x, y, z]);
    }),
  );
});
