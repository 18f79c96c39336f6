import { isDeepStrictEqual } from 'node:util';
import { fieldsOf, fromFieldsV1, toFieldsV1, without } from './field-set.ts';
import type { FieldSet, ListSchema } from './field-set.ts';
import type { ApiObject } from './object.ts';
import { isFields, serverOwned } from './object.ts';

/** Who wrote: one entry of metadata.managedFields each. */
export interface Writer {
  manager: string;
  operation: 'Apply' | 'Update';
  subresource?: 'status';
  apiVersion: string;
  /** RFC 3339. */
  time: string;
}

export interface Owner {
  by: Writer;
  fields: FieldSet;
}

/** Lists of metadata; all kinds have them. */
const metadataLists: ListSchema = {
  properties: {
    finalizers: { 'x-kubernetes-list-type': 'set' },
    ownerReferences: { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['uid'] },
  },
};

/** @param schema a structural schema, of which only the types of lists are read; none for built-in kinds */
export function withMetadata(schema: object | undefined): ListSchema {
  const root: ListSchema = { ...schema };
  return { ...root, properties: { ...root.properties, metadata: metadataLists } };
}

const unowned = new Set<string>(['apiVersion', 'kind', 'name', 'namespace', ...serverOwned]);

/** The fields of an object that somebody can own, with their values. */
export function ownableFields(object: ApiObject, schema: ListSchema): Map<string, unknown> {
  const { apiVersion: _apiVersion, kind: _kind, metadata, ...rest } = object;
  const owned = Object.fromEntries(Object.entries(metadata).filter(([name]) => !unowned.has(name)));
  return fieldsOf(Object.keys(owned).length > 0 ? { ...rest, metadata: owned } : rest, schema);
}

/**
 * The owners in an object's managedFields. An entry that names no fields is the creator's of an object that nobody has
 * applied yet: who changed what is not kept until somebody does, and the creator then owns all there is.
 */
export function ownersOf(object: ApiObject, schema: ListSchema): Owner[] {
  return (object.metadata.managedFields ?? []).filter(isWritten).map(({ fieldsV1, fieldsType: _type, ...by }) => ({
    by,
    fields: fieldsV1 === undefined ? new Set(ownableFields(object, schema).keys()) : fromFieldsV1(fieldsV1),
  }));
}

type Written = Writer & { fieldsType?: string; fieldsV1?: unknown };

function isWritten(entry: unknown): entry is Written {
  return isFields(entry) && typeof entry['manager'] === 'string';
}

/** managedFields that hold these owners; one that owns nothing any more is left out. */
export function managedFields(owners: Owner[]): Written[] {
  const owning = owners.filter(({ fields }) => fields.size > 0);
  return owning.map(({ by, fields }) => Object.assign({}, by, { fieldsType: 'FieldsV1', fieldsV1: toFieldsV1(fields) }));
}

/** managedFields of an object made by a plain request. */
export function createdBy(writer: Writer): Written[] {
  return [writer];
}

/** managedFields after a plain write: what it changed belongs to its writer alone. */
export function afterUpdate(old: ApiObject, next: ApiObject, schema: ListSchema, writer: Writer): unknown[] | undefined {
  const entries = old.metadata.managedFields;
  if (!entries?.some((entry) => isFields(entry) && entry['fieldsV1'] !== undefined)) return entries;
  const present = ownableFields(old, schema);
  const after = ownableFields(next, schema);
  const changed = [...after].filter(([path, value]) => !present.has(path) || !isDeepStrictEqual(present.get(path), value));
  const written = new Set(changed.map(([path]) => path));
  if (written.size === 0 && present.size === after.size) return entries;
  const before = ownersOf(old, schema);
  const others = before.filter(({ by }) => !isSameWriter(by, writer));
  const mine = before.find(({ by }) => isSameWriter(by, writer))?.fields ?? new Set();
  return managedFields([
    ...others.map(({ by, fields }) => ({ by, fields: keep(without(fields, written), after) })),
    { by: writer, fields: keep(new Set([...mine, ...written]), after) },
  ]);
}

export function isSameWriter(a: Writer, b: Writer): boolean {
  return a.manager === b.manager && a.operation === b.operation && a.subresource === b.subresource;
}

function keep(fields: FieldSet, present: Map<string, unknown>): FieldSet {
  return new Set([...fields].filter((path) => present.has(path)));
}
