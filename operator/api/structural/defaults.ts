import { childSchema, isFields, type Schema } from './schema.ts';

/**
 * Fills in the schema's defaults in place, as the API server does on reading and writing: a null where the schema allows
 * none counts as absent, and a default inside an object takes effect only if that object is there.
 */
export function applyDefaults(schema: Schema, value: unknown): void {
  if (Array.isArray(value)) {
    const { items } = schema;
    if (!items) return;
    for (const [index, item] of value.entries()) {
      if (countsAsAbsent(item, items) && items.default !== undefined) value[index] = copied(items.default);
      applyDefaults(items, value[index]);
    }
    return;
  }
  if (!isFields(value)) return;
  for (const [name, field] of Object.entries(value)) {
    const child = childSchema(schema, name);
    if (!countsAsAbsent(field, child)) continue;
    if (child?.default === undefined) delete value[name];
    else value[name] = copied(child.default);
  }
  for (const [name, child] of Object.entries(schema.properties ?? {})) {
    if (child.default !== undefined && !Object.hasOwn(value, name)) value[name] = copied(child.default);
  }
  for (const [name, field] of Object.entries(value)) {
    const child = childSchema(schema, name);
    if (child) applyDefaults(child, field);
  }
}

/** By way of text: objects that structuredClone makes are of another realm under jest, and unequal to the same object from a request. */
function copied(value: unknown): unknown {
  // oxlint-disable-next-line unicorn/prefer-structured-clone
  const copy: unknown = JSON.parse(JSON.stringify(value));
  return copy;
}

function countsAsAbsent(value: unknown, schema: Schema | undefined): boolean {
  return value === null && schema !== undefined && !schema.nullable;
}
