import { isDeepStrictEqual } from 'node:util';
import type { Resource } from '../../operator/kube/object.ts';
import type { ApiObject } from './object.ts';
import type { Change, Store, Table } from './store.ts';

interface Dependent {
  table: Table;
  key: string;
}

/** How the server's own controllers write. */
export interface ControllerWrites {
  /** Deletes an object in the background, with its grace period. */
  collect(resource: Resource, object: ApiObject): void;
  /** Stores a next state, and completes a deletion that it releases. */
  rewrite(resource: Resource, object: ApiObject): void;
}

/**
 * Deletes objects all of whose owners are gone, and frees owners that wait for their dependents. Works after the write that
 * caused it, as the real collector does, so that no caller sees it inside his own request.
 */
export function collectGarbage(store: Store, writes: ControllerWrites): void {
  const collector = new GarbageCollector(writes);
  store.listen((table, change) => {
    collector.note(table, change);
  });
}

class GarbageCollector {
  readonly #writes: ControllerWrites;
  readonly #living = new Map<string, Dependent>();
  readonly #dependents = new Map<string, Map<string, Dependent>>();
  readonly #due = new Map<string, Dependent>();
  #scheduled = false;

  constructor(writes: ControllerWrites) {
    this.#writes = writes;
  }

  note(table: Table, { type, key, object, previous }: Change): void {
    const { uid } = object.metadata;
    if (uid === undefined) return;
    const self: Dependent = { table, key };
    for (const owner of ownersOf(previous)) this.#forget(owner, uid);
    if (type === 'DELETED') {
      this.#living.delete(uid);
      for (const dependent of this.#dependents.get(uid)?.values() ?? []) this.#visit(dependent);
      // An owner that is being deleted in the foreground may have waited for this one.
      for (const owner of ownersOf(object)) this.#visit(this.#living.get(owner));
      return;
    }
    this.#living.set(uid, self);
    for (const owner of ownersOf(object)) {
      const others = this.#dependents.get(owner) ?? new Map<string, Dependent>();
      this.#dependents.set(owner, others.set(uid, self));
      if (!this.#living.has(owner)) this.#visit(self);
    }
    if (object.metadata.deletionTimestamp) this.#visit(self);
    // One that gives an owner up, or blocks it no more, may have been the last that it waited for.
    if (previous && !isDeepStrictEqual(previous.metadata.ownerReferences, object.metadata.ownerReferences)) {
      for (const owner of ownersOf(previous)) this.#visit(this.#living.get(owner));
    }
  }

  #forget(owner: string, dependent: string): void {
    const others = this.#dependents.get(owner);
    others?.delete(dependent);
    if (others?.size === 0) this.#dependents.delete(owner);
  }

  #visit(dependent: Dependent | undefined): void {
    if (!dependent) return;
    this.#due.set(`${dependent.table.resource.group}/${dependent.table.resource.plural}/${dependent.key}`, dependent);
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      const due = [...this.#due.values()];
      this.#due.clear();
      for (const { table, key } of due) this.#work(table, key);
    });
  }

  #work(table: Table, key: string): void {
    const object = table.get(key);
    if (!object) return;
    const { metadata } = object;
    const owners = ownersOf(object);
    const dead = new Set(owners.filter((owner) => !this.#living.has(owner)));
    if (!metadata.deletionTimestamp) {
      if (dead.size > 0 && dead.size === owners.length) this.#writes.collect(table.resource, object);
      else if (dead.size > 0) this.#writes.rewrite(table.resource, withoutOwners(object, dead));
      return;
    }
    const finalizers = metadata.finalizers ?? [];
    if (finalizers.includes('orphan')) this.#orphan(table.resource, object);
    else if (finalizers.includes('foregroundDeletion')) this.#foreground(table.resource, object);
  }

  #orphan(resource: Resource, owner: ApiObject): void {
    const gone = new Set([owner.metadata.uid ?? '']);
    for (const { resource: theirs, object } of this.#dependentsOf(owner)) this.#writes.rewrite(theirs, withoutOwners(object, gone));
    this.#writes.rewrite(resource, withoutFinalizer(owner, 'orphan'));
  }

  #foreground(resource: Resource, owner: ApiObject): void {
    const dependents = this.#dependentsOf(owner);
    const blocking = dependents.filter(({ object }) =>
      object.metadata.ownerReferences?.some(({ uid, blockOwnerDeletion }) => uid === owner.metadata.uid && blockOwnerDeletion === true),
    );
    if (blocking.length === 0) this.#writes.rewrite(resource, withoutFinalizer(owner, 'foregroundDeletion'));
    for (const { resource: theirs, object } of dependents) {
      if (!object.metadata.deletionTimestamp) this.#writes.collect(theirs, object);
    }
  }

  #dependentsOf(owner: ApiObject): { resource: Resource; object: ApiObject }[] {
    const dependents = [...(this.#dependents.get(owner.metadata.uid ?? '')?.values() ?? [])];
    return dependents.flatMap(({ table, key }) => {
      const object = table.get(key);
      return object ? [{ resource: table.resource, object }] : [];
    });
  }
}

function ownersOf(object: ApiObject | undefined): string[] {
  return object?.metadata.ownerReferences?.map(({ uid }) => uid) ?? [];
}

function withoutOwners(object: ApiObject, gone: Set<string>): ApiObject {
  const ownerReferences = object.metadata.ownerReferences?.filter(({ uid }) => !gone.has(uid)) ?? [];
  return { ...object, metadata: { ...object.metadata, ownerReferences } };
}

function withoutFinalizer(object: ApiObject, done: string): ApiObject {
  const finalizers = object.metadata.finalizers?.filter((finalizer) => finalizer !== done) ?? [];
  return { ...object, metadata: { ...object.metadata, finalizers } };
}
