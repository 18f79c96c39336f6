import type { Clock } from './clock.ts';
import { NoReplyError } from './errors.ts';

/** Resolves after `delay` ms, or as soon as `signal` aborts: the caller looks at the signal, so that a loop ends in one place. */
export async function sleep(clock: Clock, delay: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      cancel();
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.after(delay, done);
    signal?.addEventListener('abort', done, { once: true });
  });
}

/**
 * Runs `work` for at most `limit` ms. Its signal aborts at the limit or with `outer`, and the wait ends then even when
 * the work does not heed the signal.
 * @throws NoReplyError with reason Timeout and `what` in the message; the outer signal's reason when that aborted
 */
export async function within<T>(
  clock: Clock,
  limit: number,
  what: string,
  work: (signal: AbortSignal) => Promise<T>,
  outer?: AbortSignal,
): Promise<T> {
  outer?.throwIfAborted();
  const controller = new AbortController();
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const end = (error: unknown) => {
    controller.abort(error);
    reject(error);
  };
  const cancel = clock.after(limit, () => {
    end(new NoReplyError('Timeout', `${what}: no reply within ${limit / 1000} s`));
  });
  const follow = () => {
    end(outer?.reason);
  };
  outer?.addEventListener('abort', follow, { once: true });
  try {
    return await Promise.race([work(controller.signal), ended]);
  } finally {
    cancel();
    outer?.removeEventListener('abort', follow);
  }
}
