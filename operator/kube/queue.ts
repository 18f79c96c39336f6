import { backoff } from './backoff.ts';
import { systemClock } from './clock.ts';
import type { Clock, Instant } from './clock.ts';
import type { Metrics } from './metrics.ts';
import { sleep } from './wait.ts';

export interface QueueOptions {
  /** Label of the metrics. */
  name: string;
  /** Does the work of one key. Its rejection is the caller's matter: it must not reject. */
  handle: (key: string) => Promise<void>;
  workers?: number;
  /** Retry delays, ms. */
  retryBase?: number;
  retryMax?: number;
  clock?: Clock;
  random?: () => number;
  metrics?: Metrics;
}

/**
 * A queue of keys. A key waits at most once and is worked on by one worker at a time; added meanwhile, it runs once more after.
 * Nothing runs before `start`.
 */
export class WorkQueue {
  readonly #name: string;
  readonly #handle: (key: string) => Promise<void>;
  readonly #workers: number;
  readonly #retryBase: number;
  readonly #retryMax: number;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #metrics: Metrics | undefined;
  readonly #ready = new Map<string, Instant>();
  readonly #active = new Map<string, Instant>();
  readonly #dirty = new Set<string>();
  readonly #delayed = new Map<string, { at: Instant; cancel: () => void }>();
  readonly #failures = new Map<string, number>();
  #state: 'New' | 'Open' | 'Closed' = 'New';
  #idle: (() => void) | undefined;

  constructor(options: QueueOptions) {
    this.#name = options.name;
    this.#handle = options.handle;
    this.#workers = options.workers ?? 4;
    this.#retryBase = options.retryBase ?? 200;
    this.#retryMax = options.retryMax ?? 60_000;
    this.#clock = options.clock ?? systemClock;
    this.#random = options.random ?? Math.random;
    this.#metrics = options.metrics;
  }

  /** Keys that wait for a worker; those with a delay are not among them. */
  get depth(): number {
    return this.#ready.size;
  }

  /** Since when the longest running work runs. */
  get oldest(): Instant | undefined {
    return this.#active.values().next().value;
  }

  start(): void {
    if (this.#state === 'New') this.#state = 'Open';
    this.#fill();
  }

  /** Queues the key now. */
  add(key: string): void {
    if (this.#state === 'Closed') return;
    if (this.#active.has(key)) this.#dirty.add(key);
    else if (!this.#ready.has(key)) this.#ready.set(key, this.#clock.now());
    this.#fill();
  }

  /** Queues the key after `delay` ms. Of several delays of one key the earliest counts; the start of its work ends them all. */
  addAfter(key: string, delay: number): void {
    if (this.#state === 'Closed') return;
    if (delay <= 0) {
      this.add(key);
      return;
    }
    const at = this.#clock.now() + delay;
    const known = this.#delayed.get(key);
    if (known && known.at <= at) return;
    known?.cancel();
    const cancel = this.#clock.after(delay, () => {
      this.#delayed.delete(key);
      this.add(key);
    });
    this.#delayed.set(key, { at, cancel });
  }

  /** Queues the key after a delay that doubles with every retry until `forget`. @returns the delay, ms */
  retry(key: string): number {
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    this.#metrics?.retries.inc({ controller: this.#name });
    const delay = backoff(failures, { base: this.#retryBase, max: this.#retryMax, random: this.#random });
    this.addAfter(key, delay);
    return delay;
  }

  /** The key did well: its next retry begins with the shortest delay again. */
  forget(key: string): void {
    this.#failures.delete(key);
  }

  /** Takes in nothing more and waits for work in progress, at most `limit` ms. @returns keys whose work had not ended by then */
  async drain(limit: number): Promise<string[]> {
    this.#state = 'Closed';
    for (const { cancel } of this.#delayed.values()) cancel();
    this.#delayed.clear();
    this.#ready.clear();
    this.#dirty.clear();
    if (this.#active.size > 0) {
      const stop = new AbortController();
      this.#idle = () => {
        stop.abort();
      };
      await sleep(this.#clock, limit, stop.signal);
    }
    return [...this.#active.keys()];
  }

  #fill(): void {
    while (this.#state === 'Open' && this.#active.size < this.#workers) {
      const [next] = this.#ready;
      if (!next) break;
      void this.#work(...next);
    }
    this.#metrics?.queueDepth.set({ controller: this.#name }, this.#ready.size);
  }

  async #work(key: string, since: Instant): Promise<void> {
    const start = this.#clock.now();
    this.#ready.delete(key);
    this.#delayed.get(key)?.cancel();
    this.#delayed.delete(key);
    this.#active.set(key, start);
    this.#metrics?.queueLatency.observe({ controller: this.#name }, (start - since) / 1000);
    try {
      await this.#handle(key);
    } finally {
      this.#metrics?.workDuration.observe({ controller: this.#name }, (this.#clock.now() - start) / 1000);
      this.#active.delete(key);
      if (this.#dirty.delete(key)) this.add(key);
      if (this.#active.size === 0) this.#idle?.();
      this.#fill();
    }
  }
}
