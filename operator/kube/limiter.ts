import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import type { Metrics } from './metrics.ts';

export interface LimiterOptions {
  /** Requests a second in the long run. */
  qps: number;
  /** Requests that may go at once after a pause. */
  burst: number;
  clock?: Clock;
  metrics?: Metrics;
}

/** A token bucket, first come first served. */
export class Limiter {
  readonly #qps: number;
  readonly #burst: number;
  readonly #clock: Clock;
  readonly #metrics: Metrics | undefined;
  readonly #waiting = new Set<() => void>();
  #tokens: number;
  #filledAt: number;
  #cancel: (() => void) | undefined;

  constructor({ qps, burst, clock = systemClock, metrics }: LimiterOptions) {
    if (!(qps > 0) || !(burst >= 1)) throw new Error(`limiter: qps ${qps} and burst ${burst} are not allowed; qps > 0 and burst >= 1`);
    this.#qps = qps;
    this.#burst = burst;
    this.#clock = clock;
    this.#metrics = metrics;
    this.#tokens = burst;
    this.#filledAt = clock.now();
  }

  /** Resolves when the caller may send one request. @throws the signal's reason when it aborts first; the place is given up */
  async acquire(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const start = this.#clock.now();
    if (!this.tryAcquire()) await this.#wait(signal);
    this.#metrics?.limiterWait.observe((this.#clock.now() - start) / 1000);
  }

  /** Takes a token when there is one now. */
  tryAcquire(): boolean {
    return this.#waiting.size === 0 && this.#take();
  }

  async #wait(signal: AbortSignal | undefined): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const go = () => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = () => {
        this.#waiting.delete(go);
        if (this.#waiting.size === 0) this.#disarm();
        // The reason is whatever the caller aborted with; it goes back to the caller unchanged.
        // oxlint-disable-next-line typescript/prefer-promise-reject-errors
        reject(signal?.reason);
      };
      this.#waiting.add(go);
      signal?.addEventListener('abort', giveUp, { once: true });
      this.#arm();
    });
  }

  #arm(): void {
    if (this.#cancel || this.#waiting.size === 0) return;
    const delay = Math.ceil(((1 - this.#tokens) / this.#qps) * 1000);
    this.#cancel = this.#clock.after(delay, () => {
      this.#cancel = undefined;
      this.#release();
    });
  }

  #disarm(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #release(): void {
    for (const go of this.#waiting) {
      if (!this.#take()) break;
      this.#waiting.delete(go);
      go();
    }
    this.#arm();
  }

  #take(): boolean {
    const now = this.#clock.now();
    this.#tokens = Math.min(this.#burst, this.#tokens + (Math.max(0, now - this.#filledAt) / 1000) * this.#qps);
    this.#filledAt = now;
    // Fractions add up to a little less than one; without the slack a waiter would be woken twice.
    if (this.#tokens < 1 - 1e-9) return false;
    this.#tokens -= 1;
    return true;
  }
}
