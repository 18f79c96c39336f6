import { setTimeout as pause } from 'node:timers/promises';

/** Between two looks, ms; the longer what is waited for takes, the less it matters to see it at once. */
const shortest = 50;
const longest = 250;

/**
 * Waits until `look` finds something.
 * @param what is waited for, for the error
 * @param limit ms
 * @throws Error that quotes `evidence`, when the limit passes
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined>,
  limit = 30_000,
  evidence: () => Promise<string> = async () => '',
): Promise<T> {
  const start = Date.now();
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    const waited = Date.now() - start;
    if (waited > limit) throw new Error(`${what}: not so after ${limit / 1000} s ${await evidence()}`);
    await pause(Math.min(Math.max(shortest, waited / 20), longest));
  }
}
