import { isObject } from '../kube/merge-patch.ts';
import type { Json, JsonObject } from '../kube/merge-patch.ts';

/** The object that holds `value` at a dotted path and nothing else: `a.b`, 1 gives `{a: {b: 1}}`. */
export function atPath(path: string, value: Json): JsonObject {
  const [first = '', ...rest] = path.split('.');
  return { [first]: rest.length === 0 ? value : atPath(rest.join('.'), value) };
}

/** The same text for the same value, whatever the order of its keys. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const keys = Object.keys(value).toSorted(byCodeUnit);
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`).join(',')}}`;
}

/** Order of keys as the API server stores them; unlike localeCompare the same on every machine. */
export function byCodeUnit(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
