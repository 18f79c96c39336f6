import type { Cache } from './cache.ts';
import type { KubeClient } from './client.ts';
import { systemClock } from './clock.ts';
import type { Clock, Instant } from './clock.ts';
import type { Logger } from './logger.ts';
import { silentLogger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import type { KubeObject, Resource } from './object.ts';
import { Mirror } from './mirror.ts';

export interface ReflectorOptions<T extends KubeObject> {
  client: KubeClient;
  resource: Resource;
  cache: Cache<T>;
  /** All namespaces when absent. */
  namespaces?: string[];
  labelSelector?: string;
  fieldSelector?: string;
  /** Objects a page of a list; 500. */
  pageSize?: number;
  /** Seconds after which the server is to end a watch, up to a tenth more at random; 290. */
  watchSeconds?: number;
  /** Longest silence of a watch, ms, before it is taken for dead; 120 s. Servers send a bookmark about every minute. */
  idleLimit?: number;
  clock?: Clock;
  logger?: Logger;
  metrics?: Metrics;
  random?: () => number;
}

/** Keeps a cache equal to what the API server holds of one kind, whatever happens on the way. */
export class Reflector<T extends KubeObject> {
  readonly resource: Resource;
  readonly cache: Cache<T>;
  /** Resolves when the cache holds a full list of every namespace. */
  readonly synced: Promise<void>;
  readonly #mirrors: Mirror<T>[];
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;

  constructor({ namespaces, clock = systemClock, logger = silentLogger, metrics, random = Math.random, ...options }: ReflectorOptions<T>) {
    if (namespaces?.length === 0) throw new Error('reflector: an empty list of namespaces watches nothing; leave it out for all');
    this.resource = options.resource;
    this.cache = options.cache;
    const scopes: { namespace?: string }[] = namespaces ? [...new Set(namespaces)].map((namespace) => ({ namespace })) : [{}];
    this.#mirrors = scopes.map((scope) => {
      const child = logger.child({ resource: options.resource.plural, ...scope });
      return new Mirror({ ...options, ...scope, clock, random, logger: child, ...(metrics ? { metrics } : {}) });
    });
    this.synced = Promise.all(this.#mirrors.map((mirror) => mirror.synced)).then(() => undefined);
    metrics?.countObjects(options.resource.kind, () => this.cache.size);
  }

  get hasSynced(): boolean {
    return this.#mirrors.every((mirror) => mirror.hasSynced);
  }

  /** When the server was last heard of, in the namespace that waits longest. */
  get lastContact(): Instant {
    return Math.min(...this.#mirrors.map((mirror) => mirror.lastContact));
  }

  /** What went wrong last, while it still does. */
  get lastError(): unknown {
    return this.#mirrors.find((mirror) => mirror.lastError !== undefined)?.lastError;
  }

  start(): void {
    this.#running ??= Promise.all(this.#mirrors.map((mirror) => mirror.run(this.#stop.signal))).then(() => undefined);
  }

  /** Resolves when the cache is as new as this call, or after `stop`. For a standby that is to lead: its watch may lag. */
  async refresh(): Promise<void> {
    await Promise.all(this.#mirrors.map((mirror) => mirror.refresh(this.#stop.signal)));
  }

  /** Ends the watches. The cache stays as it is. */
  async stop(): Promise<void> {
    this.#stop.abort(new Error('reflector stopped'));
    await this.#running;
  }
}
