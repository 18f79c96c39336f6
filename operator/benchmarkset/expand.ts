import { workloads } from '../../runners/registry.ts';
import type { Problem } from '../../runners/workload.ts';
import type { BenchmarkSet, BenchmarkSpec } from '../api/types.ts';
import { chosenCells } from './matrix.ts';
import { anyNodes } from './node-pairs.ts';
import { isObject, mergePatch } from '../kube/merge-patch.ts';
import type { Json, JsonObject } from '../kube/merge-patch.ts';
import { atPath, byCodeUnit, canonical } from './json.ts';

/** One point of the sweep: what makes it differ from the template, and the spec that its members get. */
export interface Cell {
  /** From 0, in the order of the expansion. */
  index: number;
  /** Values by dotted path, as the matrix gave them; empty for the template itself. */
  coordinates: JsonObject;
  spec: BenchmarkSpec;
}

export interface Expansion {
  cells: Cell[];
  problems: Problem[];
}

/** Runs of one set, warm-up included. More would be a set whose plan alone fills memory; several sets do the same. */
export const maxMembers = 50_000;

/**
 * All cells of a set: `matrix.product` (axes in the order of their paths, the last one fastest) without `matrix.exclude`, then
 * `matrix.explicit` in its own order; the template alone when there is no matrix. `matrix.nodes` is an axis over the nodes of the status, and
 * over two made-up ones before there are any. Axes are sorted because an API server sorts the keys of objects: a cell
 * has the same number in a file, offline and in a cluster.
 * @returns no cells when there is any problem. A problem's `path` begins at `spec`.
 */
export function expand(set: BenchmarkSet): Expansion {
  const { template, matrix, repetitions = 1, warmup = 0 } = set.spec;
  const perCell = repetitions + warmup;
  // The schema vouches that specs are JSON.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const base = template.spec as JsonObject;
  const { points, problems } = chosenCells(matrix, set.status?.nodes ?? anyNodes, Math.floor(maxMembers / Math.max(1, perCell)), perCell);
  const allProblems = [...ownedBySet(base, points), ...problems];
  if (allProblems.length > 0) return { cells: [], problems: allProblems };

  const cells: Cell[] = [];
  const seen = new Map<string, string>();
  for (const { coordinates, source } of points) {
    const spec = withCoordinates(base, coordinates);
    const text = canonical(spec);
    const twin = seen.get(text);
    const name = `${source} ${JSON.stringify(coordinates)}`;
    if (twin === undefined) seen.set(text, name);
    else
      allProblems.push({
        path: source,
        message: `${name} gives the same benchmark as ${twin}; remove one, and use repetitions to run a cell more often`,
      });
    cells.push({ index: cells.length, coordinates, spec });
  }
  return allProblems.length > 0 ? { cells: [], problems: allProblems } : { cells, problems: [] };
}

/** The template's spec with a cell's values laid over it, shorter paths first. Another workload block takes the place of the template's. */
export function withCoordinates(base: JsonObject, coordinates: JsonObject): JsonObject {
  const paths = Object.keys(coordinates).toSorted(byCodeUnit);
  const merged = paths.reduce<Json>((spec, path) => mergePatch(spec, atPath(path, coordinates[path] ?? null)), mergePatch({}, base));
  if (!isObject(merged)) return {};
  const chosen = new Set(paths.filter((path) => (coordinates[path] ?? null) !== null).map((path) => path.split('.', 1)[0] ?? ''));
  if (!Object.keys(workloads).some((name) => chosen.has(name))) return merged;
  return Object.fromEntries(Object.entries(merged).filter(([key]) => !(key in workloads) || chosen.has(key)));
}

/** suspend and cancel of members follow the set's own; a template that says otherwise would be overruled in silence. */
function ownedBySet(base: JsonObject, points: readonly { coordinates: JsonObject; source: string }[]): Problem[] {
  const fields = ['suspend', 'cancel'];
  const inTemplate = fields.filter((field) => base[field] === true).map((field) => ({ field, path: `spec.template.spec.${field}` }));
  const inCells = points.flatMap(({ coordinates, source }) =>
    fields.filter((field) => field in coordinates).map((field) => ({ field, path: source })),
  );
  return [...inTemplate, ...inCells].map(({ field, path }) => ({
    path,
    message: `${field} of members follows spec.${field} of the set; set that instead`,
  }));
}
