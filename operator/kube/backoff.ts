export interface BackoffOptions {
  /** First delay, ms. */
  base?: number;
  /** Longest delay before jitter, ms. */
  max?: number;
  /** Evenly distributed in [0, 1). */
  random?: () => number;
}

/**
 * Delay before try number `failures` + 1: base * 2^failures, at most `max`, then shortened by up to half, so that
 * many that failed together do not come back together.
 * @returns ms
 */
export function backoff(failures: number, { base = 1000, max = 30_000, random = Math.random }: BackoffOptions = {}): number {
  const delay = Math.min(max, base * 2 ** Math.min(failures, 30));
  return Math.round(delay * (1 - random() / 2));
}
