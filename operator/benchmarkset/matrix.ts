import type { Problem } from '../../runners/workload.ts';
import { pathText } from '../api/structural/schema.ts';
import type { BenchmarkSetSpec, MatrixNodes } from '../api/types.ts';
import type { Json, JsonObject } from '../kube/merge-patch.ts';
import { byCodeUnit, canonical } from './json.ts';
import { anyNodes, pairCount, pairPaths, pairsOf } from './node-pairs.ts';

/** A choice of coordinates, and the place in the set that it comes from. */
export interface Point {
  coordinates: JsonObject;
  source: string;
}

interface Points {
  points: Point[];
  problems: Problem[];
}

type Matrix = NonNullable<BenchmarkSetSpec['matrix']>;
type JsonMatrix = { product?: Record<string, Json[]>; nodes?: MatrixNodes; explicit?: JsonObject[]; exclude?: JsonObject[] };

/** One dimension of the product. Its points are made when all are counted. */
interface Axis {
  path: string;
  size: number;
  points: () => JsonObject[];
}

/**
 * The coordinates that a matrix chooses, in order; one empty point without a matrix.
 * @param nodes those of `matrix.nodes`
 * @param limit most cells that are allowed
 * @param perCell runs of one cell, for the message
 */
export function chosenCells(matrix: Matrix | undefined, nodes: readonly string[], limit: number, perCell: number): Points {
  if (matrix === undefined) return checkedSize([{ coordinates: {}, source: 'spec.template' }], limit, perCell);
  // The schema vouches that values are JSON.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const { product = {}, nodes: pairs, explicit = [], exclude = [] } = matrix as JsonMatrix;
  const axes = [...valueAxes(product), ...(pairs ? [pairAxis(pairs, nodes)] : [])].toSorted((a, b) => byCodeUnit(a.path, b.path));
  const problems = [
    ...Object.entries(product).flatMap(([path, values]) => axisProblems(path, values)),
    ...(pairs ? clashes(pairs, Object.keys(product)) : []),
    ...explicit.flatMap((entry, index) => pathProblems(Object.keys(entry), `spec.matrix.explicit[${index}]`)),
  ];
  if (problems.length > 0) return { points: [], problems };
  const size = axes.length === 0 ? 0 : axes.reduce((total, axis) => total * axis.size, 1);
  if (size + explicit.length === 0) return { points: [], problems: [{ path: 'spec.matrix', message: nothingListed }] };
  // Counted before any is made: ten axes of ten values would fill memory.
  if (size > limit) return { points: [], problems: [tooMany(pairs ? 'spec.matrix' : 'spec.matrix.product', size, limit, perCell)] };

  const unknown = pairs && nodes === anyNodes ? pairPaths(pairs) : [];
  const kept = without(size === 0 ? [] : productOf(axes), exclude, unknown);
  const points = [...kept.points, ...explicit.map((coordinates, index) => ({ coordinates, source: `spec.matrix.explicit[${index}]` }))];
  if (kept.problems.length > 0) return { points: [], problems: kept.problems };
  if (points.length === 0)
    return { points: [], problems: [{ path: 'spec.matrix.exclude', message: 'excludes every cell; nothing is left to run' }] };
  return checkedSize(points, limit, perCell);
}

const nothingListed =
  'lists no cell; name an axis in matrix.product or an entry in matrix.explicit, or leave matrix out to run the template as it is';

function valueAxes(product: Record<string, Json[]>): Axis[] {
  return Object.entries(product).map(([path, values]) => ({
    path,
    size: values.length,
    points: () => values.map((value) => ({ [path]: value })),
  }));
}

function pairAxis(axis: MatrixNodes, nodes: readonly string[]): Axis {
  return { path: pairPaths(axis)[0], size: pairCount(axis, nodes.length), points: () => pairsOf(axis, nodes) };
}

/** Last axis fastest: [a: 1 2] x [b: x y] gives 1x 1y 2x 2y. */
function productOf(axes: readonly Axis[]): JsonObject[] {
  return axes.reduce<JsonObject[]>(
    (points, axis) => {
      const own = axis.points();
      return points.flatMap((point) => own.map((more) => Object.assign({}, point, more)));
    },
    [{}],
  );
}

/**
 * Leaves out the points that agree with an entry in all that the entry names.
 * @param unknown paths whose values are not the true ones yet: no entry can be blamed for matching none
 */
function without(product: readonly JsonObject[], exclude: readonly JsonObject[], unknown: readonly string[]): Points {
  const matched = new Set<number>();
  const entries = exclude.map((entry) => Object.entries(entry).map(([path, value]) => ({ path, value: canonical(value) })));
  const points = product.filter((point) => {
    const hits = entries.flatMap((entry, index) =>
      entry.every(({ path, value }) => path in point && canonical(point[path] ?? null) === value) ? [index] : [],
    );
    for (const index of hits) matched.add(index);
    return hits.length === 0;
  });
  const problems = exclude.flatMap((entry, index) => {
    const path = `spec.matrix.exclude[${index}]`;
    if (Object.keys(entry).length === 0) return [{ path, message: 'names no coordinate and would exclude every cell; name at least one' }];
    if (matched.has(index) || unknown.some((one) => one in entry)) return [];
    const axes = Object.keys(product[0] ?? {}).join(', ') || 'none';
    return [{ path, message: `${JSON.stringify(entry)} matches no cell of matrix.product; its axes are: ${axes}` }];
  });
  return { points: points.map((coordinates) => ({ coordinates, source: 'spec.matrix.product' })), problems };
}

function axisProblems(axis: string, values: Json[]): Problem[] {
  const path = pathText(['spec', 'matrix', 'product', axis]);
  if (values.length === 0) return [{ path, message: 'has no values, so the product has no cells; give at least one or remove the axis' }];
  return [...pathProblems([axis], 'spec.matrix.product'), ...repeatedValues(values, path)];
}

/** An axis above or below a pair's own paths would undo it, or be undone. */
function clashes(pairs: MatrixNodes, product: readonly string[]): Problem[] {
  const own = pairPaths(pairs);
  const overlaps = (path: string) => own.some((one) => one === path || one.startsWith(`${path}.`) || path.startsWith(`${one}.`));
  return product.filter(overlaps).map((path) => ({
    path: pathText(['spec', 'matrix', 'product', path]),
    message: 'is what matrix.nodes sets; leave one of them out',
  }));
}

function repeatedValues(values: readonly Json[], path: string): Problem[] {
  const seen = new Set<string>();
  return values.map(canonical).flatMap((text, index) => {
    if (!seen.has(text)) {
      seen.add(text);
      return [];
    }
    return [{ path: `${path}[${index}]`, message: `${text} is listed twice; use repetitions to run a cell more often` }];
  });
}

const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

function pathProblems(paths: readonly string[], where: string): Problem[] {
  return paths
    .filter((path) => path.split('.').some((segment) => segment === '' || forbidden.has(segment)))
    .map((path) => ({
      path: where,
      message: `${JSON.stringify(path)} is no path into the template's spec; write fields joined by dots, such as iperf.streams`,
    }));
}

function checkedSize(points: Point[], limit: number, perCell: number): Points {
  return points.length <= limit
    ? { points, problems: [] }
    : { points: [], problems: [tooMany('spec.matrix', points.length, limit, perCell)] };
}

function tooMany(path: string, cells: number, limit: number, perCell: number): Problem {
  const number = new Intl.NumberFormat('en');
  return {
    path,
    message: `${number.format(cells)} cells of ${number.format(perCell)} runs each are too many; ${number.format(limit)} cells at most, so split the set or repeat less`,
  };
}
