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

/**
 * Deletes an object, or marks it when a finalizer or a grace period stands before that.
 * @returns the state that remains, undefined when the object is gone. @throws StatusError 409 when a precondition fails
 */
export function remove(table: Table, kind: Kind, old: ApiObject, options: DeleteOptions, clock: Clock): ApiObject | undefined {
  checkPreconditions(kind, old, options);
  const grace = graceOf(kind, old, options);
  const finalizers = finalizersOf(old, options);
  if (grace === 0 && finalizers.length === 0 && !kind.held?.(old)) {
    if (!options.dryRun) table.remove(keyOf(old));
    return undefined;
  }
  const marked = mark(old, grace, finalizers, clock);
  if (marked === old || options.dryRun) return marked;
  return table.put(marked);
}

/** Completes a deletion whose last finalizer a write took away. */
export function removeWhenReleased(table: Table, kind: Kind, object: ApiObject): void {
  const { deletionTimestamp, deletionGracePeriodSeconds, finalizers } = object.metadata;
  if (!deletionTimestamp || deletionGracePeriodSeconds || finalizers?.length || kind.held?.(object)) return;
  table.remove(keyOf(object));
}

function checkPreconditions(kind: Kind, { metadata }: ApiObject, { preconditions }: DeleteOptions): void {
  const { uid, resourceVersion } = preconditions ?? {};
  if (uid !== undefined && uid !== metadata.uid) {
    throw conflict(kind.resource, metadata.name, `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${metadata.uid}`);
  }
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion) {
    throw conflict(
      kind.resource,
      metadata.name,
      `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${metadata.resourceVersion}`,
    );
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
