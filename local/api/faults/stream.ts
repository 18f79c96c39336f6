import { fieldAt } from '../object.ts';
import type { Fault } from './fault.ts';
import { statusOf } from './fault.ts';

/** The events of a watch as a fault lets them through. */
export async function* faulty(events: AsyncIterable<unknown>, fault: Fault | undefined, signal: AbortSignal): AsyncGenerator {
  if (fault?.type === 'Duplicate') yield* twice(events);
  else if (fault?.type === 'Reorder') yield* reordered(events, fault.window);
  else if (fault === undefined || fault.type === 'Status') yield* events;
  else yield* cutOff(events, fault, signal);
}

async function* cutOff(events: AsyncIterable<unknown>, fault: Extract<Fault, { after?: number }>, signal: AbortSignal): AsyncGenerator {
  let left = fault.after ?? 0;
  if (left > 0) {
    for await (const event of events) {
      yield event;
      left -= 1;
      if (left === 0) break;
    }
  }
  if (fault.type === 'Reset') throw new Error('read ECONNRESET');
  if (fault.type === 'Error') yield { type: 'ERROR', object: statusOf(fault.code) };
  if (fault.type === 'Stall') await silence(signal);
}

/** Waits until the caller gives up, then fails as an aborted request does. */
export async function silence(signal: AbortSignal | undefined): Promise<never> {
  return await new Promise((_resolve, reject) => {
    const give = () => {
      reject(new Error('aborted', { cause: signal?.reason }));
    };
    if (signal?.aborted) give();
    signal?.addEventListener('abort', give, { once: true });
  });
}

async function* twice(events: AsyncIterable<unknown>): AsyncGenerator {
  for await (const event of events) {
    yield event;
    yield event;
  }
}

async function* reordered(events: AsyncIterable<unknown>, window: number): AsyncGenerator {
  let held: unknown[] = [];
  for await (const event of events) {
    held.push(event);
    // A bookmark promises that all before it has been sent.
    if (held.length < window && fieldAt(event, 'type') !== 'BOOKMARK') continue;
    yield* turned(held);
    held = [];
  }
  yield* turned(held);
}

/** The last object's events first; a bookmark stays last. */
export function turned(events: unknown[]): unknown[] {
  const groups = Map.groupBy(events, (event) => fieldAt(event, 'object', 'metadata', 'uid'));
  const bookmarks = groups.get(undefined) ?? [];
  groups.delete(undefined);
  return [...[...groups.values()].toReversed().flat(), ...bookmarks];
}
