import type { OpenFoamParameters } from './parameters.ts';

const sizes = { S: 50, M: 100, XL: 200, XXL: 300 } as const;

/** Cells along each edge of the cube. */
export function cellsAlongEdge({ size = 'S', cells }: Pick<OpenFoamParameters, 'size' | 'cells'>): number {
  return cells ?? sizes[size];
}

/** Numbers of boxes along the three edges. */
export type Boxes = readonly [number, number, number];

/**
 * Cuts the cube into as many equal boxes as there are ranks, so that the cuts between them are as small as possible: for boxes of a unit cube
 * their area is (x - 1) + (y - 1) + (z - 1).
 * @param ranks a whole number, 1 or more
 * @returns ascending
 */
export function boxesFor(ranks: number): Boxes {
  const found = divisors(ranks).flatMap((x) => divisors(ranks / x).map((y): Boxes => [x, y, ranks / x / y]));
  const cut = ([x, y, z]: Boxes) => x + y + z;
  const [x, y, z] = found.reduce((least, boxes) => (cut(boxes) < cut(least) ? boxes : least), [1, 1, ranks]);
  const [low = 1, middle = 1, high = ranks] = [x, y, z].toSorted((one, other) => one - other);
  return [low, middle, high];
}

function divisors(number: number): number[] {
  return Array.from({ length: number }, (_, index) => index + 1).filter((candidate) => number % candidate === 0);
}
