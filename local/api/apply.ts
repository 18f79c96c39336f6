import { isDeepStrictEqual } from 'node:util';
import { childSchema, isSetList, keySegment, mapKeys, segmentsOf, shownPath, without } from './field-set.ts';
import type { FieldSet, ListSchema, Segment } from './field-set.ts';
import type { ApiObject, Fields } from './object.ts';
import { copy, isFields } from './object.ts';
import { isSameWriter, managedFields, ownableFields, ownersOf } from './owners.ts';
import type { Owner, Writer } from './owners.ts';
import { StatusError } from './status.ts';

export interface Applied {
  object: ApiObject;
  managedFields: unknown[] | undefined;
}

/**
 * Server-side apply: the configuration's fields are set and owned by the writer, those that only it owned and no longer
 * names are removed.
 * @throws StatusError 409 with a cause for each field that another writer owns with another value, unless forced
 */
export function applied(live: ApiObject, configuration: ApiObject, schema: ListSchema, writer: Writer, force: boolean): Applied {
  const owners = ownersOf(live, schema);
  const wanted = ownableFields(configuration, schema);
  const present = ownableFields(live, schema);
  const others = owners.filter(({ by }) => !isSameWriter(by, writer));
  const disputed = [...wanted].filter(([path, value]) => present.has(path) && !isDeepStrictEqual(present.get(path), value));
  const taken = new Set(disputed.map(([path]) => path));
  if (!force) refuseConflicts(others, taken);
  const mine = new Set(wanted.keys());
  const kept = others.map(({ by, fields }) => ({ by, fields: without(fields, taken) }));
  const before = owners.find(({ by }) => isSameWriter(by, writer));
  const dropped = without(before?.fields ?? new Set(), mine);
  const object = merged(live, configuration, schema);
  const remaining = [mine, ...kept.map(({ fields }) => fields)];
  for (const path of dropped) if (!remaining.some((fields) => owns(fields, path))) removeAt(object, segmentsOf(path));
  const unchanged = before && isDeepStrictEqual(before.fields, mine) && taken.size === 0;
  return {
    object,
    managedFields: unchanged ? live.metadata.managedFields : managedFields([...kept, { by: writer, fields: mine }]),
  };
}

/** Owns the field itself or something inside it. */
function owns(fields: FieldSet, path: string): boolean {
  return fields.has(path) || [...fields].some((other) => other.startsWith(`${path}\0`));
}

function refuseConflicts(others: Owner[], taken: FieldSet): void {
  const groups = others.map(({ by, fields }) => ({
    who: nameOf(by),
    paths: [...fields]
      .filter((path) => taken.has(path))
      .map(shownPath)
      .toSorted(),
  }));
  const conflicts = groups.filter(({ paths }) => paths.length > 0);
  const causes = conflicts.flatMap(({ who, paths }) =>
    paths.map((field) => ({ reason: 'FieldManagerConflict', message: `conflict with ${who}`, field })),
  );
  if (causes.length === 0) return;
  const lines = conflicts.map(({ who, paths }) =>
    paths.length === 1 ? `conflict with ${who}: ${paths.join('')}` : `conflicts with ${who}:\n- ${paths.join('\n- ')}`,
  );
  const count = `${causes.length} conflict${causes.length === 1 ? '' : 's'}`;
  throw new StatusError(409, 'Conflict', `Apply failed with ${count}: ${lines.join('\n')}`, { causes });
}

function nameOf({ manager, operation, subresource, apiVersion }: Writer): string {
  const inside = subresource ? ` with subresource ${JSON.stringify(subresource)}` : '';
  return `${JSON.stringify(manager)}${inside}${operation === 'Update' ? ` using ${apiVersion}` : ''}`;
}

function merged(live: ApiObject, configuration: ApiObject, schema: ListSchema): ApiObject {
  return Object.assign(copy(live), copy(mergeFields(live, configuration, schema)));
}

function mergeFields(live: Fields, configuration: Fields, schema: ListSchema | undefined): Fields {
  const result: Fields = { ...live };
  for (const [name, value] of Object.entries(configuration)) result[name] = merge(live[name], value, childSchema(schema, name));
  return result;
}

function merge(live: unknown, configured: unknown, schema: ListSchema | undefined): unknown {
  if (isFields(live) && isFields(configured)) return mergeFields(live, configured, schema);
  if (!Array.isArray(live) || !Array.isArray(configured)) return copy(configured);
  const keys = mapKeys(schema);
  if (keys) return mergeItems(live.filter(isFields), configured.filter(isFields), keys, schema?.items);
  if (!isSetList(schema)) return copy(configured);
  return [...live, ...configured.filter((item) => !live.some((other) => isDeepStrictEqual(item, other)))];
}

function mergeItems(live: Fields[], configured: Fields[], keys: string[], schema: ListSchema | undefined): Fields[] {
  const items = new Map(live.map((item) => [keySegment(item, keys), item]));
  for (const item of configured) {
    const key = keySegment(item, keys);
    items.set(key, mergeFields(items.get(key) ?? {}, item, schema));
  }
  return [...items.values()];
}

/** Takes a field out of an object, and what it leaves empty. */
function removeAt(value: unknown, [segment, ...rest]: Segment[]): void {
  if (segment === undefined) return;
  if (Array.isArray(value)) {
    const index = value.findIndex((item) => isSegmentOf(segment, item));
    if (index < 0) return;
    if (rest.length === 0) value.splice(index, 1);
    else if (!isKey(segment, rest)) removeAt(value[index], rest);
  } else if (isFields(value)) {
    const name = segment.slice(2);
    removeAt(value[name], rest);
    if (rest.length === 0 || isEmpty(value[name])) delete value[name];
  }
}

function isSegmentOf(segment: Segment, item: unknown): boolean {
  const wanted: unknown = JSON.parse(segment.slice(2));
  if (segment.startsWith('v:')) return isDeepStrictEqual(item, wanted);
  return isFields(item) && isFields(wanted) && Object.entries(wanted).every(([name, value]) => item[name] === value);
}

/** The fields that tell an item apart stay as long as the item does. */
function isKey(item: Segment, [field = '', ...deeper]: Segment[]): boolean {
  const key: unknown = JSON.parse(item.slice(2));
  return deeper.length === 0 && isFields(key) && Object.hasOwn(key, field.slice(2));
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
