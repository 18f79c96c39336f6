import { childSchema, isFields, type Schema } from './schema.ts';

/**
 * Fills in the schema's defaults in place, as the API server does on reading and writing: a null where the schema allows
 * none counts as absent, and a default inside an object takes effect only if that object is there.
 */
export function applyDefaults(schema: Schema, value: unknown): void {
  if (Array.isArray(value)) {
    if (schema.items) for (const item of value) applyDefaults(schema.items, item);
    return;
  }
  if (!isFields(value)) return;
  for (const [name, field] of Object.entries(value)) {
    const child = childSchema(schema, name);
    if (field === null && child && !child.nullable) delete value[name];
  }
  for (const [name, child] of Object.entries(schema.properties ?? {})) {
    if (child.default !== undefined && !Object.hasOwn(value, name)) value[name] = structuredClone(child.default);
  }
  for (const [name, field] of Object.entries(value)) {
    const child = childSchema(schema, name);
    if (child) applyDefaults(child, field);
  }
}
