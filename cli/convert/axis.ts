import { canonical } from '../../operator/benchmarkset/json.ts';
import type { Json, JsonObject } from '../../operator/kube/merge-patch.ts';
import { coordinatesOf, patchBetween, valueAt } from './difference.ts';

/** An axis of our matrix. */
export interface Axis {
  path: string;
  values: Json[];
}

/**
 * The axis that makes the variants of a base: at the one path where they differ, or at the nearest one above all of them.
 * @returns undefined where they differ in nothing, or in what has no path in common
 */
export function axisOf(base: JsonObject, variants: readonly JsonObject[]): Axis | undefined {
  const patches = variants.map((variant) => patchBetween(base, variant));
  const paths = [...new Set(patches.flatMap((patch) => Object.keys(coordinatesOf(patch))))];
  const [only] = paths;
  if (only === undefined) return undefined;
  const path = paths.length === 1 ? only : commonPath(paths);
  if (path === '') return undefined;
  const values =
    paths.length === 1 ? variants.map((variant) => valueAt(variant, path) ?? null) : patches.map((patch) => valueAt(patch, path) ?? {});
  return { path, values: [...new Map(values.map((value) => [canonical(value), value])).values()] };
}

function commonPath(paths: readonly string[]): string {
  const [first = [], ...others] = paths.map((path) => path.split('.'));
  const end = first.findIndex((segment, index) => others.some((other) => other[index] !== segment));
  return first.slice(0, end < 0 ? first.length : end).join('.');
}
