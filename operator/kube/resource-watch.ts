import { Cache } from './cache.ts';
import type { KubeClient } from './client.ts';
import type { Clock } from './clock.ts';
import { Controller } from './controller.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import { keyOf } from './object.ts';
import type { KubeObject, Resource } from './object.ts';
import { Reflector } from './reflector.ts';

export interface ResourceWatchOptions {
  client: KubeClient;
  resource: Resource;
  namespace?: string;
  /** Takes one change; when it rejects, what is true by then is delivered again later. */
  deliver: (type: 'Added' | 'Modified' | 'Deleted', object: KubeObject) => Promise<void>;
  clock: Clock;
  logger: Logger;
  metrics?: Metrics;
}

/** Turns the state of a kind into events, for code that wants events: what is in between two deliveries is left out. */
export class ResourceWatch {
  readonly #deliver: ResourceWatchOptions['deliver'];
  readonly #cache: Cache<KubeObject>;
  readonly #reflector: Reflector<KubeObject>;
  readonly #controller: Controller;
  /** What was delivered last, by key. */
  readonly #delivered = new Map<string, KubeObject>();

  constructor({ client, resource, namespace, deliver, ...rest }: ResourceWatchOptions) {
    this.#deliver = deliver;
    this.#cache = new Cache({ logger: rest.logger });
    this.#reflector = new Reflector({ client, resource, cache: this.#cache, ...(namespace ? { namespaces: [namespace] } : {}), ...rest });
    this.#controller = new Controller({ name: resource.plural, reconcile: (key) => this.#reconcile(key), ...rest });
    this.#cache.onChange(({ object }) => {
      this.#controller.enqueue(keyOf(object));
    });
  }

  /** Resolves when the first list is in the cache. */
  async start(): Promise<void> {
    this.#reflector.start();
    this.#controller.start();
    await this.#reflector.synced;
  }

  /** Ends the intake first, then lets running deliveries end. */
  async stop(): Promise<void> {
    await this.#reflector.stop();
    await this.#controller.stop();
  }

  async #reconcile(key: string): Promise<undefined> {
    const before = this.#delivered.get(key);
    const now = this.#cache.get(key);
    // Deleted and made anew between two deliveries: two events, or the first object would never be cleaned up.
    const same = before?.metadata.uid === now?.metadata.uid;
    if (before && !same) {
      await this.#deliver('Deleted', before);
      this.#delivered.delete(key);
    }
    if (!now || (same && before?.metadata.resourceVersion === now.metadata.resourceVersion)) return;
    await this.#deliver(before && same ? 'Modified' : 'Added', now);
    this.#delivered.set(key, now);
  }
}
