import { apiVersionOf } from '../../operator/kube/paths.ts';
import type { Clock, Instant } from '../../operator/kube/clock.ts';
import type { Kind } from './kind.ts';
import type { ApiObject } from './object.ts';
import { copy } from './object.ts';
import type { Match } from './selectors.ts';
import { StatusError } from './status.ts';
import type { Change, Store, Table } from './store.ts';

export interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: object;
}

export interface WatchStart {
  kind: Kind;
  /** Changes after this revision are sent; undefined: first every object there is, as ADDED. */
  revision: number | undefined;
  matches: Match;
  bookmarks: boolean;
  /** Milliseconds between bookmarks. */
  bookmarkInterval: number;
  /** Milliseconds after which the server ends the watch. */
  timeout: number;
}

/** The last bookmark comes this long, ms, before the server ends the watch, so that the next one can start there. */
const beforeEnd = 2000;

/**
 * The events of one watch from now on. The watcher reads the table's history at its own pace; one that falls behind the history
 * gets the same in-band 410 as one that asks for a revision that is too old.
 */
export function watchEvents(store: Store, table: Table, start: WatchStart, clock: Clock, signal: AbortSignal): AsyncGenerator<WatchEvent> {
  // Here and not in the generator, which only begins when somebody asks for the first event.
  const revision = start.revision ?? store.revision;
  const first = start.revision === undefined ? table.at(revision) : [];
  return eventsSince(store, table, { ...start, revision, first, end: clock.now() + start.timeout }, clock, signal);
}

async function* eventsSince(
  store: Store,
  table: Table,
  start: WatchStart & { revision: number; first: ApiObject[]; end: Instant },
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<WatchEvent> {
  const { end } = start;
  const last = end - beforeEnd;
  let position = start.revision;
  let bookmarkAt = last > clock.now() ? Math.min(clock.now() + start.bookmarkInterval, last) : Infinity;
  for (const object of start.first) if (start.matches(object)) yield { type: 'ADDED', object: copy(object) };
  while (!signal.aborted && clock.now() < end) {
    let changes: Change[];
    const latest = store.revision;
    try {
      changes = table.since(position);
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      yield { type: 'ERROR', object: copy(error.status) };
      return;
    }
    for (const change of changes) {
      const event = eventOf(change, start.matches);
      if (event) yield event;
      if (signal.aborted) break;
    }
    position = Math.max(position, latest);
    if (start.bookmarks && clock.now() >= bookmarkAt) {
      yield bookmark(start.kind, position);
      bookmarkAt = clock.now() < last ? Math.min(clock.now() + start.bookmarkInterval, last) : Infinity;
    }
    if (table.latest <= position) {
      await nextChange(table, clock, start.bookmarks ? Math.min(bookmarkAt, end) : end, signal);
    }
  }
  signal.throwIfAborted();
}

/** A change as a selector sees it: an object that begins to match is added, one that ceases to match is deleted. */
function eventOf({ type, object, previous, revision }: Change, matches: Match): WatchEvent | undefined {
  const before = previous !== undefined && matches(previous);
  const after = type !== 'DELETED' && matches(object);
  if (!before && !after) return undefined;
  if (!before) return { type: 'ADDED', object: copy(object) };
  if (after) return { type: 'MODIFIED', object: copy(object) };
  // The last state that matched, under the revision of the change that ended it.
  return { type: 'DELETED', object: copy({ ...previous, metadata: { ...previous.metadata, resourceVersion: String(revision) } }) };
}

function bookmark({ resource }: Kind, revision: number): WatchEvent {
  const metadata = { resourceVersion: String(revision), creationTimestamp: null };
  return { type: 'BOOKMARK', object: { kind: resource.kind, apiVersion: apiVersionOf(resource), metadata } };
}

/** Waits for the table's next change, a moment, or the end of the caller's interest. */
function nextChange(table: Table, clock: Clock, until: Instant, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      forgetChange();
      stopTimer();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const forgetChange = table.onceChanged(done);
    const stopTimer = clock.after(Math.max(0, until - clock.now()), done);
    signal.addEventListener('abort', done);
  });
}
