import type { Watch } from '../add-ons.ts';

/** A watch that a test fills by itself. */
export function unwatched(): Watch {
  return { start() {}, async stop() {}, async refresh() {}, synced: Promise.resolve(), hasSynced: true, lastError: undefined };
}
