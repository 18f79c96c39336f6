import type { Fields } from './object.ts';
import { copy, isFields } from './object.ts';

/** The target with a JSON merge patch laid over it: null removes, objects merge, all else replaces. RFC 7386. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isFields(patch)) return copy(patch);
  const merged: Fields = isFields(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = mergePatch(merged[name], value);
  }
  return merged;
}
