import { childSchema, isFields, type Schema } from './schema.ts';

/**
 * JSON as CEL sees it. CEL tells whole numbers (int) from others (double), JSON does not: the schema decides, and where
 * it says nothing a whole number is an int.
 */
export function celValue(schema: Schema | undefined, value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) && schema?.type !== 'number' ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map((item) => celValue(schema?.items, item));
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, celValue(schema && childSchema(schema, name), field)]));
}
