import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../../operator/kube/merge-patch.ts';
import type { Json, JsonObject } from '../../operator/kube/merge-patch.ts';

/** The JSON Merge Patch that makes `to` of `from`. */
export function patchBetween(from: JsonObject, to: JsonObject): JsonObject {
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])].filter((key) => !isDeepStrictEqual(from[key], to[key]));
  return Object.fromEntries(
    keys.map((key): [string, Json] => {
      const [before, after] = [from[key], to[key]];
      return [key, isObject(before) && isObject(after) ? patchBetween(before, after) : (after ?? null)];
    }),
  );
}

/** A patch by dotted path, as the cells of a matrix have it. An object with a dot in a key stays whole, for no path reaches into it. */
export function coordinatesOf(patch: JsonObject, prefix = ''): JsonObject {
  return Object.fromEntries(
    Object.entries(patch).flatMap(([key, value]): [string, Json][] => {
      const path = `${prefix}${key}`;
      return isObject(value) && hasPlainKeys(value) ? Object.entries(coordinatesOf(value, `${path}.`)) : [[path, value]];
    }),
  );
}

function hasPlainKeys(value: JsonObject): boolean {
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => !key.includes('.'));
}

/** The value at a dotted path. */
export function valueAt(value: JsonObject, path: string): Json | undefined {
  return path.split('.').reduce<Json | undefined>((at, key) => (isObject(at) ? at[key] : undefined), value);
}
