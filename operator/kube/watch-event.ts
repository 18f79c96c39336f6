import type { Status } from './errors.ts';
import type { KubeObject } from './object.ts';

/** One document of a watch. A BOOKMARK's object has only a resourceVersion; an ERROR's is a Status. */
export type WatchEvent<T> = { type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'; object: T } | { type: 'ERROR'; object: Status };

const types = new Set<unknown>(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']);

/** @throws Error when the document is no watch event: a proxy's page, a cut line, another kind of API */
export function parseWatchEvent<T extends KubeObject>(document: unknown): WatchEvent<T> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- any JSON can be read as unknown fields
  const event = document as { type?: unknown; object?: { metadata?: { name?: unknown; resourceVersion?: unknown } } } | null;
  const metadata = event?.object?.metadata;
  const named = typeof metadata?.name === 'string' && typeof metadata.resourceVersion === 'string';
  const whole = event?.type === 'ERROR' ? event.object : event?.type === 'BOOKMARK' ? typeof metadata?.resourceVersion === 'string' : named;
  if (!types.has(event?.type) || !whole) {
    throw new Error(`not a watch event: ${JSON.stringify(document)?.slice(0, 200)}; the watch is opened again`);
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked above as far as the engine looks into it
  return document as WatchEvent<T>;
}
