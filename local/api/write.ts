import { isDeepStrictEqual } from 'node:util';
import type { Instant } from '../../operator/kube/clock.ts';
import type { KubeObject } from '../../operator/kube/object.ts';
import { keyOf } from '../../operator/kube/object.ts';
import { apiVersionOf } from '../../operator/kube/paths.ts';
import { decode } from './decode.ts';
import type { FieldValidation } from './decode.ts';
import type { Kind } from './kind.ts';
import { forbiddenValue, generatedName, invalidValue, metadataCauses, stamp, timestamp } from './metadata.ts';
import type { ApiObject } from './object.ts';
import { copy, serverOwned } from './object.ts';
import { afterUpdate, createdBy } from './owners.ts';
import type { Writer } from './owners.ts';
import { commit } from './remove.ts';
import { schemaCauses } from './schema-causes.ts';
import { alreadyExists, badRequest, conflict, invalid, StatusError } from './status.ts';
import type { StatusCause } from './status.ts';
import type { Table } from './store.ts';

export interface WriteOptions {
  fieldValidation: FieldValidation;
  dryRun: boolean;
  now: Instant;
  /** Who writes, for field ownership. */
  manager: string;
  /** Field ownership that an apply worked out. */
  managedFields?: unknown[];
  subresource?: 'status';
  /** Receives what the server only warns of. */
  warn: (text: string) => void;
}

const nameTries = 8;

/** Stores a new object. @throws StatusError 400, 409 AlreadyExists, 422 */
export function create(table: Table, kind: Kind, namespace: string | undefined, body: unknown, options: WriteOptions): ApiObject {
  const object = decode(kind, body, options);
  placeIn(object, namespace);
  if (object.metadata.resourceVersion) {
    throw new StatusError(500, undefined, 'resourceVersion should not be set on objects to be created');
  }
  delete object.metadata.resourceVersion;
  stamp(object, kind, options.now);
  object.metadata.managedFields = options.managedFields ?? createdBy(writer(kind, options, 'Update'));
  if (kind.schema && kind.statusSubresource) delete object.status;
  kind.prepare?.(object);
  kind.schema?.applyDefaults(object);
  giveName(object, table);
  refuse(kind, object.metadata.name, [...metadataCauses(object, kind), ...ruleCauses(kind, object)]);
  if (table.get(keyOf(object))) throw alreadyExists(kind.resource, object.metadata.name);
  return options.dryRun ? object : table.put(object);
}

/**
 * Replaces an object by the next state that somebody sent or a patch made.
 * @returns the stored state; the old one when nothing changed. @throws StatusError 400, 409, 422
 */
export function update(table: Table, kind: Kind, old: ApiObject, body: unknown, options: WriteOptions): ApiObject {
  const next = decode(kind, body, options);
  const { name, namespace } = old.metadata;
  if (next.metadata.name !== name) {
    throw badRequest(`the name of the object (${next.metadata.name}) does not match the name on the URL (${name})`);
  }
  placeIn(next, namespace);
  checkIdentity(kind, old, next);
  const merged = keepWhatIsNotWritten(kind, old, next, options.subresource);
  kind.prepare?.(merged);
  kind.schema?.applyDefaults(merged);
  refuse(kind, name, [...metadataCauses(merged, kind), ...finalizerCauses(old, merged), ...ruleCauses(kind, merged, old)]);
  raiseGeneration(kind, old, merged);
  const owned = options.managedFields ?? afterUpdate(old, merged, kind.lists, writer(kind, options, 'Update'));
  if (owned) merged.metadata.managedFields = owned;
  if (isDeepStrictEqual(merged, old)) return old;
  return options.dryRun ? merged : commit(table, kind, merged);
}

/** Who a request writes as. */
export function writer(kind: Kind, { manager, subresource, now }: WriteOptions, operation: Writer['operation']): Writer {
  return { manager, operation, ...(subresource && { subresource }), apiVersion: apiVersionOf(kind.resource), time: timestamp(now) };
}

function placeIn(object: KubeObject, namespace: string | undefined): void {
  if (namespace === undefined) {
    delete object.metadata.namespace;
    return;
  }
  if (object.metadata.namespace && object.metadata.namespace !== namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  object.metadata.namespace = namespace;
}

function giveName(object: ApiObject, table: Table): void {
  const { metadata } = object;
  if (metadata.name || !metadata.generateName) return;
  for (let tries = 0; tries < nameTries; tries++) {
    metadata.name = generatedName(metadata.generateName);
    if (!table.get(keyOf(object))) return;
  }
}

function checkIdentity(kind: Kind, old: ApiObject, next: ApiObject): void {
  const { name, uid, resourceVersion } = old.metadata;
  const asked = next.metadata;
  if (asked.uid && asked.uid !== uid) {
    throw conflict(kind.resource, name, `Precondition failed: UID in precondition: ${asked.uid}, UID in object meta: ${uid}`);
  }
  if (asked.resourceVersion && asked.resourceVersion !== resourceVersion) throw conflict(kind.resource, name);
  if (!asked.resourceVersion && !kind.unconditionalUpdate) {
    // The real server names the resource here, not the kind.
    const named = { ...kind.resource, kind: kind.resource.plural };
    throw invalid(named, name, [invalidValue('metadata.resourceVersion', 0, 'must be specified for an update')]);
  }
}

/** The old object with the part that this path writes taken from the next one. */
function keepWhatIsNotWritten(kind: Kind, old: ApiObject, next: ApiObject, subresource: 'status' | undefined): ApiObject {
  if (subresource) {
    const merged = copy(old);
    setOrDelete(merged, 'status', next.status);
    // Built-in kinds take labels and annotations along with the status, custom ones do not.
    if (!kind.custom) for (const name of ['labels', 'annotations'] as const) setOrDelete(merged.metadata, name, next.metadata[name]);
    return merged;
  }
  const merged: ApiObject = { ...next, metadata: { ...next.metadata } };
  if (kind.statusSubresource) setOrDelete(merged, 'status', copy(old.status));
  for (const name of serverOwned) setOrDelete(merged.metadata, name, old.metadata[name]);
  return merged;
}

function setOrDelete(target: object, name: string, value: unknown): void {
  if (value === undefined) Reflect.deleteProperty(target, name);
  else Reflect.set(target, name, value);
}

function finalizerCauses(old: ApiObject, next: ApiObject): StatusCause[] {
  if (!old.metadata.deletionTimestamp) return [];
  const had = new Set(old.metadata.finalizers);
  const added = (next.metadata.finalizers ?? []).filter((finalizer) => !had.has(finalizer));
  if (added.length === 0) return [];
  const names = added.map((finalizer) => JSON.stringify(finalizer)).join(', ');
  return [
    forbiddenValue(
      'metadata.finalizers',
      `no new finalizers can be added if the object is being deleted, found new finalizers []string{${names}}`,
    ),
  ];
}

function ruleCauses(kind: Kind, object: ApiObject, old?: ApiObject): StatusCause[] {
  return [...(kind.schema ? schemaCauses(kind.schema, object, old) : []), ...(kind.validate?.(object, old) ?? [])];
}

function refuse(kind: Kind, name: string, causes: StatusCause[]): void {
  if (causes.length > 0) throw invalid(kind.resource, name, causes);
}

function raiseGeneration(kind: Kind, old: ApiObject, next: ApiObject): void {
  if (!kind.counted) return;
  const written = (object: ApiObject) => ({ ...object, metadata: undefined, ...(kind.statusSubresource && { status: undefined }) });
  if (!isDeepStrictEqual(written(old), written(next))) next.metadata.generation = (old.metadata.generation ?? 0) + 1;
}
