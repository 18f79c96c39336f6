import type { Clock } from './clock.ts';
import { NoReplyError } from './errors.ts';

/**
 * Hands on what `source` yields, until it ends, `signal` aborts, or nothing comes for `limit` ms: a connection that died without a
 * word looks like one on which nothing happens.
 * @throws NoReplyError with reason Timeout after silence, or whatever the source throws
 */
export async function* untilIdle<V>(source: AsyncIterable<V>, clock: Clock, limit: number, signal: AbortSignal): AsyncGenerator<V> {
  const items = source[Symbol.asyncIterator]();
  // One promise a turn: a race against one that outlives the turns would keep all of them in memory.
  let turn = Promise.withResolvers<'stopped' | 'silent'>();
  const stop = () => {
    turn.resolve('stopped');
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    while (!signal.aborted) {
      turn = Promise.withResolvers();
      const cancel = clock.after(limit, () => {
        turn.resolve('silent');
      });
      const next = await Promise.race([items.next(), turn.promise]).finally(cancel);
      if (next === 'stopped') return;
      if (next === 'silent') throw new NoReplyError('Timeout', `watch was silent for ${limit / 1000} s; it is opened again`);
      if (next.done) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    // Not awaited: a source that hangs in next() would hang here too; aborting the connection ends it.
    items.return?.()?.catch(() => undefined);
  }
}
