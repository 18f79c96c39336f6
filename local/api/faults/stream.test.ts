import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Fault } from './fault.ts';
import { faulty, silence, turned } from './stream.ts';

interface Event {
  type: string;
  object: { metadata: { uid?: string; resourceVersion: string } };
}

function event(uid: string, version: number): Event {
  return { type: 'MODIFIED', object: { metadata: { uid, resourceVersion: String(version) } } };
}

function bookmark(version: number): Event {
  return { type: 'BOOKMARK', object: { metadata: { resourceVersion: String(version) } } };
}

async function* source(events: unknown[]): AsyncGenerator {
  yield* events;
}

const forever = new AbortController().signal;

async function through(fault: Fault | undefined, events: unknown[], signal = forever): Promise<{ seen: unknown[]; error?: string }> {
  const seen: unknown[] = [];
  try {
    for await (const one of faulty(source(events), fault, signal)) seen.push(one);
    return { seen };
  } catch (error) {
    return { seen, error: error instanceof Error ? error.message : String(error) };
  }
}

const [a1, b2, a3, c4] = [event('a', 1), event('b', 2), event('a', 3), event('c', 4)];

describe('the events of a watch', () => {
  test.each<[string, Fault | undefined, { seen: unknown[]; error?: string }]>([
    ['no fault', undefined, { seen: [a1, b2, a3, c4] }],
    ['a close at once', { type: 'Close', after: 0 }, { seen: [] }],
    ['a close after two', { type: 'Close', after: 2 }, { seen: [a1, b2] }],
    ['a close that never comes', { type: 'Close', after: 9 }, { seen: [a1, b2, a3, c4] }],
    ['a reset after one', { type: 'Reset', after: 1 }, { seen: [a1], error: 'read ECONNRESET' }],
    ['every event twice', { type: 'Duplicate' }, { seen: [a1, a1, b2, b2, a3, a3, c4, c4] }],
    ['groups of three turned', { type: 'Reorder', window: 3 }, { seen: [b2, a1, a3, c4] }],
    ['groups of two turned', { type: 'Reorder', window: 2 }, { seen: [b2, a1, c4, a3] }],
  ])('under %s', async (_, fault, wanted) => {
    expect(await through(fault, [a1, b2, a3, c4])).toEqual(wanted);
  });

  test.each([410, 500])('under an error end with an ERROR %i', async (code) => {
    const { seen } = await through({ type: 'Error', code, after: 1 }, [a1, b2]);
    expect(seen).toMatchObject([a1, { type: 'ERROR', object: { kind: 'Status', status: 'Failure', code } }]);
  });

  test('under a stall go on only when the caller gives up', async () => {
    const stop = new AbortController();
    const waiting = through({ type: 'Stall', after: 1 }, [a1, b2], stop.signal);
    setImmediate(() => {
      stop.abort(new Error('enough'));
    });
    expect(await waiting).toEqual({ seen: [a1], error: 'aborted' });
  });
});

describe('turned events', () => {
  test('keep a bookmark last, as it promises all before it', () => {
    expect(turned([a1, b2, bookmark(2)])).toEqual([b2, a1, bookmark(2)]);
  });

  test('are the same events, each object in its own order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c')), (uids) => {
        const events = uids.map((uid, index) => event(uid, index));
        const result = turned(events) as Event[];
        expect(new Set(result)).toEqual(new Set(events));
        for (const uid of ['a', 'b', 'c']) {
          const own = (all: Event[]) => all.filter(({ object }) => object.metadata.uid === uid);
          expect(own(result)).toEqual(own(events));
        }
      }),
    );
  });
});

test('silence for a caller who has given up already ends at once', async () => {
  await expect(silence(AbortSignal.abort(new Error('before')))).rejects.toThrow('aborted');
});
