import type { Fields } from './object.ts';
import { isFields } from './object.ts';

/** Paths of fields that somebody owns; each is its segments, joined. */
export type FieldSet = Set<string>;

/** The part of a structural schema that says how lists merge. */
export interface ListSchema {
  properties?: Record<string, ListSchema>;
  additionalProperties?: ListSchema | boolean;
  items?: ListSchema;
  'x-kubernetes-list-type'?: string;
  'x-kubernetes-list-map-keys'?: string[];
}

/** The paths of one set that the other does not have. */
export function without(fields: FieldSet, taken: FieldSet): FieldSet {
  return new Set([...fields].filter((path) => !taken.has(path)));
}

const separator = '\0';

/** `f:spec`, `k:{"name":"a"}` or `v:"a"`: one step of a path, in the words of FieldsV1. */
export type Segment = string;

export function segmentsOf(path: string): Segment[] {
  return path.split(separator);
}

export function pathOf(segments: Segment[]): string {
  return segments.join(separator);
}

/** `.spec.parts[name="a"].count`: a path as messages show it. */
export function shownPath(path: string): string {
  const shown = segmentsOf(path).map((segment) => {
    if (segment.startsWith('f:')) return `.${segment.slice(2)}`;
    if (segment.startsWith('v:')) return `[=${segment.slice(2)}]`;
    const key: unknown = JSON.parse(segment.slice(2));
    const pairs = isFields(key) ? Object.entries(key) : [];
    return `[${pairs.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}]`;
  });
  return shown.join('');
}

/** The segment of a keyed list's item. */
export function keySegment(item: Fields, keys: string[]): Segment {
  return `k:${JSON.stringify(Object.fromEntries(keys.toSorted().map((key) => [key, item[key]])))}`;
}

/** The keys by which a list's items are told apart, undefined for a list that is one value. */
export function mapKeys(schema: ListSchema | undefined): string[] | undefined {
  return schema?.['x-kubernetes-list-type'] === 'map' ? schema['x-kubernetes-list-map-keys'] : undefined;
}

export function isSetList(schema: ListSchema | undefined): boolean {
  return schema?.['x-kubernetes-list-type'] === 'set';
}

export function childSchema(schema: ListSchema | undefined, name: string): ListSchema | undefined {
  const property = schema?.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
  if (property) return property;
  return typeof schema?.additionalProperties === 'object' ? schema.additionalProperties : undefined;
}

/** Every field that a value sets, with what it sets it to. Keyed items are there themselves too, with no value. */
export function fieldsOf(value: unknown, schema: ListSchema | undefined, at: Segment[] = []): Map<string, unknown> {
  const found = new Map<string, unknown>();
  collect(value, schema, at, found);
  return found;
}

function collect(value: unknown, schema: ListSchema | undefined, at: Segment[], found: Map<string, unknown>): void {
  const keys = mapKeys(schema);
  if (Array.isArray(value) && keys) {
    for (const item of value.filter(isFields)) {
      const path = [...at, keySegment(item, keys)];
      found.set(pathOf(path), undefined);
      collect(item, schema?.items, path, found);
    }
  } else if (Array.isArray(value) && isSetList(schema)) {
    for (const item of value) found.set(pathOf([...at, `v:${JSON.stringify(item)}`]), item);
  } else if (isFields(value) && Object.keys(value).length > 0) {
    for (const [name, child] of Object.entries(value)) collect(child, childSchema(schema, name), [...at, `f:${name}`], found);
  } else if (at.length > 0) found.set(pathOf(at), value);
}

/** A set as the nested object of `fieldsV1`; `.` marks a path that is owned and has children. */
export function toFieldsV1(paths: FieldSet): Fields {
  const root: Fields = {};
  for (const path of paths) {
    let node = root;
    for (const segment of segmentsOf(path)) {
      const next: unknown = node[segment];
      node = isFields(next) ? next : (node[segment] = {});
    }
    node['.'] = {};
  }
  return withoutLeafDots(root);
}

function withoutLeafDots(node: Fields): Fields {
  const names = Object.keys(node);
  if (names.length === 1 && names[0] === '.') return {};
  return Object.fromEntries(names.map((name) => [name, name === '.' ? {} : withoutLeafDots(isFields(node[name]) ? node[name] : {})]));
}

export function fromFieldsV1(fields: unknown, at: Segment[] = [], found: FieldSet = new Set()): FieldSet {
  if (!isFields(fields)) return found;
  const names = Object.keys(fields);
  if (at.length > 0 && (names.length === 0 || names.includes('.'))) found.add(pathOf(at));
  for (const name of names) if (name !== '.') fromFieldsV1(fields[name], [...at, name], found);
  return found;
}
