import { backoff } from './backoff.ts';
import type { Cache } from './cache.ts';
import type { KubeClient } from './client.ts';
import type { Clock, Instant } from './clock.ts';
import { ApiError, isGone, NoReplyError } from './errors.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import type { KubeObject, Resource } from './object.ts';
import { listAll } from './list-all.ts';
import { isOlder } from './version.ts';
import { sleep } from './wait.ts';
import { parseWatchEvent } from './watch-event.ts';
import { untilIdle } from './until-idle.ts';

export interface MirrorOptions<T extends KubeObject> {
  client: KubeClient;
  resource: Resource;
  cache: Cache<T>;
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
  pageSize?: number;
  watchSeconds?: number;
  idleLimit?: number;
  clock: Clock;
  logger: Logger;
  metrics?: Metrics;
  random: () => number;
}

/** A watch that lived this long, ms, was a good one: the next failure is the first again. */
const healthyAfter = 5000;
/** After so many failures in a row the place to resume from is doubted, and a full list taken. */
const failuresUntilRelist = 5;
/** Longest wait that a server's Retry-After is given, ms. */
const longestRetryAfter = 60_000;

/** The list-and-watch loop of one kind in one namespace, or in all. */
export class Mirror<T extends KubeObject> {
  readonly #options: MirrorOptions<T>;
  readonly #ready = Promise.withResolvers<void>();
  readonly #selection: { namespace?: string; labelSelector?: string; fieldSelector?: string };
  hasSynced = false;
  lastContact: Instant;
  /** What went wrong last, while it still does. */
  lastError: unknown;
  /** Version to resume from; none: list first. */
  #cursor: string | undefined;
  /** Newest version ever listed, to notice a server that was set back. */
  #listed: string | undefined;
  #failures = 0;
  /** Lists are taken one after another: an older one must not come in last. */
  #lists: Promise<unknown> = Promise.resolve();

  constructor(options: MirrorOptions<T>) {
    const { namespace, labelSelector, fieldSelector, clock } = options;
    this.#options = options;
    this.#selection = {
      ...(namespace ? { namespace } : {}),
      ...(labelSelector ? { labelSelector } : {}),
      ...(fieldSelector ? { fieldSelector } : {}),
    };
    this.lastContact = clock.now();
  }

  get synced(): Promise<void> {
    return this.#ready.promise;
  }

  /** Runs until `signal` aborts. Never rejects: every failure is waited out. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, logger, metrics, resource, random } = this.#options;
    while (!signal.aborted) {
      const start = clock.now();
      try {
        if (this.#cursor === undefined) this.#cursor = await this.#list(signal);
        await this.#watch(this.#cursor, signal);
        this.#failures = clock.now() - start >= healthyAfter ? 0 : this.#failures + 1;
        // A server that ends watches at once must not be asked in a tight loop.
        if (this.#failures > 0) await sleep(clock, backoff(this.#failures - 1, { random }), signal);
      } catch (error) {
        if (signal.aborted) break;
        if (clock.now() - start >= healthyAfter) this.#failures = 0;
        this.#failures++;
        if (isGone(error) || this.#failures % failuresUntilRelist === 0) this.#cursor = undefined;
        const delay = Math.max(backoff(this.#failures - 1, { random }), retryAfterOf(error));
        this.lastError = error;
        metrics?.watchFailures.inc({ resource: resource.plural, reason: reasonOf(error) });
        logger[isGone(error) ? 'info' : 'warn']({ err: error, delay, relist: this.#cursor === undefined }, 'watch failed');
        await sleep(clock, delay, signal);
      }
    }
  }

  /** Takes a full list beside the watch, so that the cache is as new as this call; tries until it has one or `signal` aborts. */
  async refresh(signal: AbortSignal): Promise<void> {
    const { clock, logger, random } = this.#options;
    for (let failures = 0; !signal.aborted; failures++) {
      try {
        await this.#list(signal);
        return;
      } catch (error) {
        if (signal.aborted) return;
        logger.warn({ err: error }, 'list failed');
        await sleep(clock, backoff(failures, { random }), signal);
      }
    }
  }

  async #list(signal: AbortSignal): Promise<string> {
    const list = this.#lists.then(() => this.#listNow(signal));
    this.#lists = list.catch(() => undefined);
    return await list;
  }

  async #listNow(signal: AbortSignal): Promise<string> {
    const { client, resource, cache, metrics, namespace, pageSize = 500 } = this.#options;
    metrics?.lists.inc({ resource: resource.plural });
    const { items, resourceVersion } = await listAll<T>(client, resource, this.#selection, pageSize, signal);
    const force = isOlder(resourceVersion, this.#listed);
    cache.replace(items, { resourceVersion, force, ...(namespace ? { namespace } : {}) });
    this.#listed = resourceVersion;
    this.#heard();
    this.hasSynced = true;
    this.#ready.resolve();
    return resourceVersion;
  }

  async #watch(from: string, outer: AbortSignal): Promise<void> {
    const { client, resource, clock, metrics, random, watchSeconds = 290, idleLimit = 120_000 } = this.#options;
    // A controller of its own, so that leaving the loop in any way closes the connection.
    const connection = new AbortController();
    const signal = AbortSignal.any([outer, connection.signal]);
    try {
      const timeoutSeconds = Math.round(watchSeconds * (1 + random() / 10));
      const options = { ...this.#selection, resourceVersion: from, timeoutSeconds, allowWatchBookmarks: true };
      const events = await client.watch(resource, options, signal);
      metrics?.watchStarts.inc({ resource: resource.plural });
      this.#heard();
      for await (const document of untilIdle(events, clock, idleLimit, outer)) this.#take(document);
    } finally {
      connection.abort(new Error('watch ended'));
    }
  }

  #take(document: unknown): void {
    const { cache, resource, metrics } = this.#options;
    const event = parseWatchEvent<T>(document);
    metrics?.watchEvents.inc({ resource: resource.plural, type: event.type });
    if (event.type === 'ERROR') throw ApiError.from(0, event.object);
    const { object } = event;
    if (event.type === 'DELETED') cache.remove(object);
    else if (event.type !== 'BOOKMARK') cache.observe(object);
    this.#cursor = object.metadata.resourceVersion ?? this.#cursor;
    this.#failures = 0;
    this.#heard();
  }

  #heard(): void {
    this.lastContact = this.#options.clock.now();
    this.lastError = undefined;
  }
}

function retryAfterOf(error: unknown): number {
  const seconds = error instanceof ApiError ? (error.retryAfter ?? 0) : 0;
  return Math.min(seconds * 1000, longestRetryAfter);
}

function reasonOf(error: unknown): string {
  return error instanceof ApiError || error instanceof NoReplyError ? error.reason : 'Connection';
}
