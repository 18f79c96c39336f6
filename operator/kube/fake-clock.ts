import type { Clock, Instant } from './clock.ts';

interface Timer {
  at: Instant;
  order: number;
  callback: () => void;
}

/** A clock that stands still until a test moves it. Starts at 2026-01-01T00:00:00Z unless told otherwise. */
export class FakeClock implements Clock {
  #now: Instant;
  #order = 0;
  readonly #timers = new Set<Timer>();

  constructor(start: Instant | string = '2026-01-01T00:00:00Z') {
    this.#now = typeof start === 'string' ? Date.parse(start) : start;
  }

  now(): Instant {
    return this.#now;
  }

  after(delay: number, callback: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, delay), order: this.#order++, callback };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  /** Timers not yet due; zero after a clean stop. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Moves on by `delay` ms. Timers fire in order, each at its own time, and what they wake runs before the next one fires. */
  async advance(delay: number): Promise<void> {
    const end = this.#now + delay;
    await settle();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.callback();
      await settle();
    }
    this.#now = end;
  }

  /** Moves from timer to timer until `promise` settles. @throws Error when it has not after `limit` ms */
  async until<T>(promise: Promise<T>, limit = 3_600_000): Promise<T> {
    const end = this.#now + limit;
    const state = { settled: false };
    const mark = () => {
      state.settled = true;
    };
    promise.then(mark, mark);
    await settle();
    while (!state.settled) {
      const next = this.#next(end);
      if (!next) throw new Error(`still waiting after ${limit} ms of fake time`);
      await this.advance(next.at - this.#now);
    }
    return await promise;
  }

  #next(end: Instant): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.at <= end && (!first || timer.at < first.at || (timer.at === first.at && timer.order < first.order))) first = timer;
    }
    return first;
  }
}

/** Lets everything run that waits for no timer. Several turns, because streams hand on one step a turn. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
