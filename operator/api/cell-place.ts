import type { Cell } from '../benchmarkset/expand.ts';
import { pairPaths } from '../benchmarkset/node-pairs.ts';
import { shown } from './structural/problem.ts';
import { pathText, type Segments } from './structural/schema.ts';
import type { BenchmarkSet } from './types.ts';

/**
 * Where in a set's own text stands what is wrong in a member: the matrix entry that gave the value, else the template.
 * @param path in the member, e.g. `spec.iperf.streams`
 */
export function placeInSet(set: BenchmarkSet, { coordinates }: Cell, path: string): string {
  const below = path.replace(/^spec\.?/, '');
  const key = Object.keys(coordinates)
    .filter((candidate) => below === candidate || below.startsWith(`${candidate}.`) || below.startsWith(`${candidate}[`))
    .toSorted((a, b) => b.length - a.length)
    .at(0);
  const place = key === undefined ? undefined : matrixPlace(set, coordinates, key);
  if (key === undefined || !place) return below ? `spec.template.spec.${below}` : 'spec.template.spec';
  return pathText(place) + below.slice(key.length);
}

/** `cell 3: iperf.streams 16, network.host true`, or how many there are and the first of them. */
export function cellText(cells: readonly Cell[]): string {
  const [first] = cells;
  if (!first) return 'no cell';
  const coordinates = Object.entries(first.coordinates).map(([path, value]) => `${path} ${shown(value)}`);
  const text = `cell ${first.index}${coordinates.length > 0 ? `: ${coordinates.join(', ')}` : ''}`;
  return cells.length === 1 ? text : `${cells.length} cells, first ${text}`;
}

function matrixPlace({ spec: { matrix } }: BenchmarkSet, coordinates: Cell['coordinates'], key: string): Segments | undefined {
  const wanted = JSON.stringify(coordinates[key]);
  const inProduct = matrix?.product?.[key]?.findIndex((value) => JSON.stringify(value) === wanted) ?? -1;
  const whole = JSON.stringify(coordinates);
  const inExplicit = matrix?.explicit?.findIndex((entry) => JSON.stringify(entry) === whole) ?? -1;
  if (inExplicit >= 0) return ['spec', 'matrix', 'explicit', inExplicit, key];
  const ofPair = matrix?.nodes ? pairPaths(matrix.nodes).indexOf(key) : -1;
  if (ofPair >= 0) return ['spec', 'matrix', 'nodes', 'roles', ofPair];
  return inProduct >= 0 ? ['spec', 'matrix', 'product', key, inProduct] : undefined;
}
