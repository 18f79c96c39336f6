import type { Clock, Instant } from './clock.ts';
import type { Logger } from './logger.ts';
import { silentLogger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import { isConflict } from './errors.ts';
import { WorkQueue } from './queue.ts';

/** When to look again without any event, ms from now. */
export interface Recheck {
  recheckAfter?: number;
}

export interface ControllerOptions {
  name: string;
  /** Makes what is match what is wanted, for one key. Called for keys of objects that are gone, too. */
  reconcile: (key: string) => Promise<Recheck | undefined>;
  workers?: number;
  clock?: Clock;
  logger?: Logger;
  metrics?: Metrics;
  random?: () => number;
}

/** Runs a reconcile function over keys: again after `recheckAfter`, again with growing delays after an error. */
export class Controller {
  readonly name: string;
  readonly #reconcile: ControllerOptions['reconcile'];
  readonly #queue: WorkQueue;
  readonly #logger: Logger;
  readonly #metrics: Metrics | undefined;

  constructor({ name, reconcile, logger = silentLogger, ...options }: ControllerOptions) {
    this.name = name;
    this.#reconcile = reconcile;
    this.#logger = logger.child({ controller: name });
    this.#metrics = options.metrics;
    this.#queue = new WorkQueue({ name, handle: (key) => this.#handle(key), ...options });
  }

  /** Queues the key; at once, or after `delay` ms. */
  enqueue(key: string, delay = 0): void {
    this.#queue.addAfter(key, delay);
  }

  /** Keys that wait for a worker. */
  get depth(): number {
    return this.#queue.depth;
  }

  /** Since when the longest running reconcile runs. */
  get oldest(): Instant | undefined {
    return this.#queue.oldest;
  }

  start(): void {
    this.#queue.start();
  }

  /** Lets running reconciles end, at most `limit` ms. */
  async stop(limit = 10_000): Promise<void> {
    const unfinished = await this.#queue.drain(limit);
    if (unfinished.length > 0) this.#logger.warn({ keys: unfinished, limit }, 'stopped while reconciles were running');
  }

  async #handle(key: string): Promise<void> {
    try {
      const recheckAfter = (await this.#reconcile(key))?.recheckAfter;
      this.#queue.forget(key);
      if (recheckAfter !== undefined) this.#queue.addAfter(key, recheckAfter);
      this.#count(recheckAfter === undefined ? 'done' : 'requeued');
    } catch (error) {
      const delay = this.#queue.retry(key);
      this.#count('error');
      // A lost race is a part of normal life: the next pass sees the newer object.
      if (isConflict(error)) this.#logger.debug({ key, delay }, 'conflict, reconcile again');
      else this.#logger.error({ err: error, key, delay }, 'reconcile failed');
    }
  }

  #count(result: string): void {
    this.#metrics?.reconciles.inc({ controller: this.name, result });
  }
}
