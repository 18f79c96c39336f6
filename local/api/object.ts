import type { KubeObject } from '../../operator/kube/object.ts';

/** An object as stored: always with its apiVersion and kind, never changed in place once stored. */
export interface ApiObject extends KubeObject {
  apiVersion: string;
  kind: string;
  spec?: Fields;
  status?: Fields;
  [field: string]: unknown;
}

export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy of JSON that shares nothing with the original: what a wire gives for free. */
export function copy<T>(value: T): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a copy has the type of what it copies
  return copyJson(value) as T;
}

function copyJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyJson);
  if (!isFields(value)) return value;
  const fields: Fields = {};
  for (const name in value) {
    // An own field named __proto__ would otherwise become the copy's prototype.
    if (name === '__proto__') Object.defineProperty(fields, name, { value: copyJson(value[name]), enumerable: true });
    else fields[name] = copyJson(value[name]);
  }
  return fields;
}

/** The value under a chain of field names, undefined where the chain breaks. */
export function fieldAt(value: unknown, ...names: string[]): unknown {
  let at = value;
  for (const name of names) at = isFields(at) ? at[name] : undefined;
  return at;
}

/** The string under a chain of field names, '' where there is none: how field selectors see a field. */
export function textAt(value: unknown, ...names: string[]): string {
  const found = fieldAt(value, ...names);
  return typeof found === 'string' ? found : '';
}

/** Metadata that the server writes; what a client says there is not heard. */
export const serverOwned = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'generateName',
  'managedFields',
] as const;
