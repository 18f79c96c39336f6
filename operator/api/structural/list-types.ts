import { problem, shown, type SchemaProblem } from './problem.ts';
import { childSchema, isFields, type Schema, type Segments } from './schema.ts';

/** Items that a list of type `map` or `set` holds twice. */
export function duplicates(schema: Schema, value: unknown, path: Segments = []): SchemaProblem[] {
  if (Array.isArray(value)) {
    const list: unknown[] = value;
    const { items } = schema;
    return [
      ...duplicateItems(schema, list, path),
      ...(items ? list.flatMap((item, index) => duplicates(items, item, [...path, index])) : []),
    ];
  }
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([name, field]) => {
    const child = childSchema(schema, name);
    return child ? duplicates(child, field, [...path, name]) : [];
  });
}

/** What names an item within its list: its keys, or the whole of it in a set. Undefined for lists that may repeat. */
export function identityOf(list: Schema, item: unknown): string | undefined {
  const type = list['x-kubernetes-list-type'];
  if (type === 'set') return JSON.stringify(item);
  if (type !== 'map' || !isFields(item)) return undefined;
  return JSON.stringify(list['x-kubernetes-list-map-keys']?.map((key) => item[key]));
}

function duplicateItems(schema: Schema, items: unknown[], path: Segments): SchemaProblem[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const identity = identityOf(schema, item);
    if (identity === undefined) return [];
    if (!seen.has(identity)) {
      seen.add(identity);
      return [];
    }
    return [problem([...path, index], `${duplicateText(schema, item)} is not allowed; each item once`, item)];
  });
}

function duplicateText(schema: Schema, item: unknown): string {
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  const named = keys.map((key) => `${key} ${shown(isFields(item) ? item[key] : item)}`).join(', ');
  return `a second ${named || shown(item)}`;
}
