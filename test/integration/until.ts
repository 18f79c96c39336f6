import { setTimeout as pause } from 'node:timers/promises';

const pollEvery = 50;

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
  const deadline = Date.now() + limit;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`${what}: not so after ${limit / 1000} s ${await evidence()}`);
    await pause(pollEvery);
  }
}
