import type { Clock } from '../../operator/kube/clock.ts';
import { keyOf } from '../../operator/kube/object.ts';
import type { Kind } from './kind.ts';
import { timestamp } from './metadata.ts';
import type { ApiObject } from './object.ts';
import { conflict } from './status.ts';
import type { Table } from './store.ts';

export interface DeleteOptions {
  gracePeriodSeconds?: number;
  propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  preconditions?: { uid?: string; resourceVersion?: string };
  dryRun?: boolean;
}

/** Finalizers of the garbage collector, by the policy that puts them on an owner. */
const propagationFinalizers = { Foreground: 'foregroundDeletion', Orphan: 'orphan' } as const;

export interface Removal {
  gone: boolean;
  /** The last state, or the state that remains. */
  object: ApiObject;
}

/**
 * Deletes an object, or marks it when a finalizer or a grace period stands before that. A kind with grace periods is marked
 * in any case, so that watchers see a pod end before it goes.
 * @throws StatusError 409 when a precondition fails
 */
export function remove(table: Table, kind: Kind, old: ApiObject, options: DeleteOptions, clock: Clock): Removal {
  checkPreconditions(kind, old, options);
  const grace = graceOf(kind, old, options);
  const finalizers = finalizersOf(old, options);
  const marked = kind.gracePeriod || finalizers.length > 0 || kind.held?.(old) ? mark(old, grace, finalizers, clock) : old;
  const gone = marked === old ? isReleased(kind, old) || !old.metadata.deletionTimestamp : isReleased(kind, marked);
  if (options.dryRun) return { gone, object: marked };
  const object = marked === old ? old : table.put(marked);
  if (gone) table.remove(keyOf(old));
  return { gone, object };
}

/** Stores a next state; or takes the object away, when that state releases one that is being deleted. */
export function commit(table: Table, kind: Kind, next: ApiObject): ApiObject {
  if (!isReleased(kind, next)) return table.put(next);
  table.remove(keyOf(next));
  return next;
}

/** Marked for deletion, and nothing stands before it any more. */
function isReleased(kind: Kind, object: ApiObject): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds, finalizers } = object.metadata;
  return Boolean(deletionTimestamp) && !deletionGracePeriodSeconds && !finalizers?.length && !kind.held?.(object);
}

function checkPreconditions(kind: Kind, { metadata }: ApiObject, { preconditions }: DeleteOptions): void {
  const { uid, resourceVersion } = preconditions ?? {};
  // The real server names the kind here, not the resource.
  const named = { ...kind.resource, plural: kind.resource.kind };
  if (uid !== undefined && uid !== metadata.uid) {
    const why = `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid})`;
    throw conflict(named, metadata.name, `${why}. The object might have been deleted and then recreated`);
  }
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion) {
    const why = `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record`;
    throw conflict(named, metadata.name, `${why} (${metadata.resourceVersion}). The object might have been modified`);
  }
}

/** Seconds of grace; a second deletion can shorten a running one, never lengthen it. */
function graceOf(kind: Kind, old: ApiObject, { gracePeriodSeconds }: DeleteOptions): number {
  const grace = kind.gracePeriod?.(old, gracePeriodSeconds) ?? 0;
  const running = old.metadata.deletionTimestamp ? (old.metadata.deletionGracePeriodSeconds ?? 0) : grace;
  return Math.min(grace, running);
}

function finalizersOf({ metadata }: ApiObject, { propagationPolicy }: DeleteOptions): string[] {
  const finalizers = metadata.finalizers ?? [];
  const added = propagationPolicy === 'Foreground' || propagationPolicy === 'Orphan' ? propagationFinalizers[propagationPolicy] : undefined;
  return added === undefined || finalizers.includes(added) || metadata.deletionTimestamp ? finalizers : [...finalizers, added];
}

function mark(old: ApiObject, grace: number, finalizers: string[], clock: Clock): ApiObject {
  const { metadata } = old;
  if (metadata.deletionTimestamp && grace === metadata.deletionGracePeriodSeconds) return old;
  return {
    ...old,
    metadata: {
      ...metadata,
      ...(finalizers.length > 0 && { finalizers }),
      ...(metadata.generation !== undefined && !metadata.deletionTimestamp && { generation: metadata.generation + 1 }),
      deletionTimestamp: timestamp(clock.now() + grace * 1000),
      deletionGracePeriodSeconds: grace,
    },
  };
}
