import { isObject } from '../../operator/kube/merge-patch.ts';
import type { Json, JsonObject } from '../../operator/kube/merge-patch.ts';

/** An object without what is undefined, and without the objects that are empty then. */
export function compact(value: object): JsonObject {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, field]): [string, Json][] => {
      if (field === undefined) return [];
      if (!isObject(field)) return [[key, field]];
      const inner = compact(field);
      return Object.keys(inner).length === 0 ? [] : [[key, inner]];
    }),
  );
}
