import { apiVersionOf } from '../../operator/kube/paths.ts';
import type { Kind } from './kind.ts';
import type { ApiObject } from './object.ts';
import { fieldAt } from './object.ts';
import { selection } from './selectors.ts';
import { badRequest, StatusError, tooLarge } from './status.ts';
import type { Store, Table } from './store.ts';
import type { ObjectMeta } from '../../operator/kube/object.ts';
import { keyOf } from '../../operator/kube/object.ts';

export interface ObjectList {
  kind: string;
  apiVersion: string;
  metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number };
  items: { metadata: ObjectMeta }[];
}

/** Where a page starts: the revision of the whole list and the last key of the page before. */
interface Continuation {
  revision: number;
  after: string;
}

/**
 * One page of a list; all pages of a list show the same revision.
 * @throws StatusError 400 for a selector or token that cannot be read, 410 for a token whose revision is forgotten
 */
export function list(store: Store, table: Table, kind: Kind, namespace: string | undefined, query: Record<string, string>): ObjectList {
  const start = query['continue'] ? readToken(query['continue']) : undefined;
  const asked = readRevision(query['resourceVersion'] || '0');
  if (asked > store.revision) throw tooLarge(asked, store.revision);
  const exact = query['resourceVersionMatch'] === 'Exact' ? asked : undefined;
  const revision = start?.revision ?? exact ?? store.revision;
  const matches = selection(kind, query);
  const limit = Number(query['limit'] ?? 0);
  const all = objectsAt(table, revision, start, store).filter(
    (object) =>
      (namespace === undefined || object.metadata.namespace === namespace) &&
      (start === undefined || keyOf(object) > start.after) &&
      (matches?.(object) ?? true),
  );
  const items = limit > 0 ? all.slice(0, limit) : all;
  const last = items.at(-1);
  const remaining = all.length - items.length;
  return {
    kind: `${kind.resource.kind}List`,
    apiVersion: apiVersionOf(kind.resource),
    metadata: {
      resourceVersion: String(revision),
      ...(remaining > 0 && last && { continue: writeToken({ revision, after: keyOf(last) }) }),
      // With a selector the real server does not know how many remain.
      ...(remaining > 0 && !matches && { remainingItemCount: remaining }),
    },
    items: kind.custom ? items : items.map(untyped),
  };
}

function objectsAt(table: Table, revision: number, start: Continuation | undefined, store: Store): ApiObject[] {
  try {
    return table.at(revision);
  } catch (error) {
    if (!start || !(error instanceof StatusError)) throw error;
    throw expiredToken({ ...start, revision: store.revision });
  }
}

function untyped({ kind: _kind, apiVersion: _apiVersion, ...rest }: ApiObject): { metadata: ObjectMeta } {
  return rest;
}

/** @throws StatusError 400 when it is no number */
export function readRevision(text: string): number {
  if (!/^\d{1,15}$/.test(text))
    throw badRequest(`invalid resource version: resourceVersion: Invalid value: ${JSON.stringify(text)}: not a number`);
  return Number(text);
}

/** The form of the real server's tokens; clients must not look inside, tests do. */
function writeToken({ revision, after }: Continuation): string {
  return Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start: after })).toString('base64url');
}

function readToken(token: string): Continuation {
  try {
    const start: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    const revision = fieldAt(start, 'rv');
    const after = fieldAt(start, 'start');
    if (typeof revision === 'number' && typeof after === 'string') return { revision, after };
  } catch {
    // Falls through to the refusal below.
  }
  throw badRequest('continue key is not valid');
}

function expiredToken(fresh: Continuation): StatusError {
  return new StatusError(
    410,
    'Expired',
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue ' +
      'parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided ' +
      'token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was ' +
      'returned and now may show up in the list.',
    undefined,
    { continue: writeToken(fresh) },
  );
}
