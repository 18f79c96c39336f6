import { isObject } from '../../operator/kube/merge-patch.ts';

/** Parameters laid over a template as the first generation does it: objects merge, lists are joined. */
export function merged(below: unknown, above: unknown): unknown {
  if (Array.isArray(below) && Array.isArray(above)) return [...below, ...above];
  if (!isObject(below) || !isObject(above)) return above;
  const keys = [...new Set([...Object.keys(below), ...Object.keys(above)])];
  return Object.fromEntries(keys.map((key) => [key, Object.hasOwn(above, key) ? merged(below[key], above[key]) : below[key]]));
}
