import { setTimeout as delay } from 'node:timers/promises';

/** Waits; an abort of `signal` ends the wait early, and the caller looks at the signal. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal });
  } catch {
    // Aborted.
  }
}
