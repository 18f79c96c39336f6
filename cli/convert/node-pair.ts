import { isObject } from '../../operator/kube/merge-patch.ts';
import type { Json, JsonObject } from '../../operator/kube/merge-patch.ts';

/** Stand in for the two nodes of a pair while a template is converted. */
export const pairNodes = ['first-node-of-the-pair', 'second-node-of-the-pair'] as const;

/** A spec without the words that put its pods on the pair: spec.matrix.nodes puts them there. */
export function withoutPair(spec: JsonObject): JsonObject {
  const cleaned = clean(spec);
  return isObject(cleaned) ? cleaned : {};
}

/** Whether a spec still speaks of the pair. */
export function mentionsPair(spec: JsonObject): boolean {
  const text = JSON.stringify(spec);
  return pairNodes.some((name) => text.includes(name));
}

/** Objects and lists that are empty afterwards go, too: a node affinity without terms would match no node. */
function clean(value: Json): Json | undefined {
  if (Array.isArray(value)) {
    const items = value.filter((item) => !namesPair(item)).flatMap((item) => clean(item) ?? []);
    return items.length === 0 && value.length > 0 ? undefined : items;
  }
  if (!isObject(value)) return value;
  const fields = Object.entries(value).flatMap(([key, field]): [string, Json][] => {
    const kept = isNode(field) ? undefined : clean(field);
    return kept === undefined ? [] : [[key, kept]];
  });
  return fields.length === 0 && Object.keys(value).length > 0 ? undefined : Object.fromEntries(fields);
}

function isNode(value: Json | undefined): boolean {
  return pairNodes.some((name) => name === value);
}

/** A requirement such as {key: kubernetes.io/hostname, operator: In, values: [...]}. */
function namesPair(value: Json): boolean {
  return isObject(value) && Array.isArray(value.values) && value.values.length > 0 && value.values.every(isNode);
}
