import { childSchema, isFields, type Schema, type Segments } from './schema.ts';

const embedded = new Set(['apiVersion', 'kind', 'metadata']);

/** Every field that the schema does not know, and does not ask to preserve. */
export function unknownFields(schema: Schema, value: unknown): Segments[] {
  const found: Segments[] = [];
  visit(schema, value, [], (_owner, path) => found.push(path));
  return found;
}

/** Removes those fields in place and says which they were. */
export function prune(schema: Schema, value: unknown): Segments[] {
  const removed: Segments[] = [];
  visit(schema, value, [], (owner, path, name) => {
    removed.push(path);
    delete owner[name];
  });
  return removed;
}

function visit(
  schema: Schema,
  value: unknown,
  path: Segments,
  onUnknown: (owner: Record<string, unknown>, path: Segments, name: string) => void,
): void {
  if (Array.isArray(value)) {
    const { items } = schema;
    if (items) for (const [index, item] of value.entries()) visit(items, item, [...path, index], onUnknown);
    return;
  }
  if (!isFields(value)) return;
  for (const [name, field] of Object.entries(value)) {
    const child = childSchema(schema, name);
    if (child) visit(child, field, [...path, name], onUnknown);
    else if (!mayHave(schema, name)) onUnknown(value, [...path, name], name);
  }
}

function mayHave(schema: Schema, name: string): boolean {
  if (schema['x-kubernetes-preserve-unknown-fields'] || schema.additionalProperties === true) return true;
  return schema['x-kubernetes-embedded-resource'] === true && embedded.has(name);
}
