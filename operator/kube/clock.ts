/** Time as milliseconds since 1970, so that tests can own it. */
export type Instant = number;

export interface Clock {
  now(): Instant;
  /** Calls back once after `delay` ms; the returned function cancels. */
  after(delay: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: Date.now,
  after(delay, callback) {
    const timer = setTimeout(callback, delay);
    return () => {
      clearTimeout(timer);
    };
  },
};
