import { BoundedMap } from './bounded-map.ts';
import { Index } from './index-map.ts';
import type { Logger } from './logger.ts';
import { silentLogger } from './logger.ts';
import { keyOf } from './object.ts';
import type { KubeObject } from './object.ts';
import { isOlder } from './version.ts';

/** A change of the cache. `previous` is what it held before. */
export type Change<T> =
  { type: 'Added'; object: T } | { type: 'Modified'; object: T; previous: T } | { type: 'Deleted'; object: T; previous: T };

export interface CacheOptions<T> {
  /** Named functions from an object to the values it is found under. */
  indexers?: Record<string, (object: T) => string[]>;
  logger?: Logger;
}

/** Deleted keys that are remembered, so that a late copy of one does not bring it back. */
const maxTombstones = 10_000;

/**
 * Objects of one kind as last seen. Only newer versions replace older ones, whatever order they come in: from the watch, from a
 * list, or from the reply to an own write. Objects are frozen and shared: copy before changing.
 */
export class Cache<T extends KubeObject> {
  readonly #objects = new Map<string, T>();
  readonly #indexes = new Map<string, Index<T>>();
  readonly #handlers = new Set<(change: Change<T>) => void>();
  readonly #tombstones = new BoundedMap<string, string>(maxTombstones);
  readonly #floors = new Map<string, string>();
  readonly #logger: Logger;

  constructor({ indexers = {}, logger = silentLogger }: CacheOptions<T> = {}) {
    for (const [name, indexer] of Object.entries(indexers)) this.#indexes.set(name, new Index(indexer));
    this.#logger = logger;
  }

  get size(): number {
    return this.#objects.size;
  }

  /** @param key as `keyOf` gives it */
  get(key: string): T | undefined {
    return this.#objects.get(key);
  }

  list(): T[] {
    return [...this.#objects.values()];
  }

  /** Objects that the indexer `name` put under `value`. @throws Error when there is no such indexer */
  index(name: string, value: string): T[] {
    const index = this.#indexes.get(name);
    if (!index) throw new Error(`no index "${name}"; there are: ${[...this.#indexes.keys()].join(', ') || 'none'}`);
    return index.get(value);
  }

  /** Calls `handler` after every change. @returns a function that ends it */
  onChange(handler: (change: Change<T>) => void): () => void {
    this.#handlers.add(handler);
    return () => {
      this.#handlers.delete(handler);
    };
  }

  /**
   * Takes in a version of an object: an event's, or the reply to an own write, which makes the write visible at once.
   * @returns false when the cache knows a newer version, or knows that the object is gone
   */
  observe(object: T): boolean {
    const key = keyOf(object);
    const { resourceVersion } = object.metadata;
    const known = this.#objects.get(key);
    if (known) {
      if (isOlder(resourceVersion, known.metadata.resourceVersion) || resourceVersion === known.metadata.resourceVersion) return false;
    } else if (notNewer(resourceVersion, this.#tombstones.get(key)) || notNewer(resourceVersion, this.#floor(object))) {
      return false;
    }
    this.#put(key, object);
    return true;
  }

  /** Takes in a deletion, `object` being the last version. @returns false when a newer object has the name by now */
  remove(object: T): boolean {
    const key = keyOf(object);
    const known = this.#objects.get(key);
    if (known && isOlder(object.metadata.resourceVersion, known.metadata.resourceVersion)) return false;
    this.#bury(key, object.metadata.resourceVersion);
    if (!known) return false;
    this.#drop(key, known, trimmed(object));
    return true;
  }

  /**
   * Takes in a full list: what is not in it is deleted, unless it was written after the list was taken.
   * @param resourceVersion of the list
   * @param namespace the list's scope; all when absent
   * @param force the list wins over newer versions too: the server was set back to an older state
   */
  replace(
    objects: T[],
    { resourceVersion, namespace, force = false }: { resourceVersion: string; namespace?: string; force?: boolean },
  ): void {
    const listed = new Set(objects.map(keyOf));
    const outdated = (object: T) => force || !isOlder(resourceVersion, object.metadata.resourceVersion);
    for (const [key, object] of this.#objects) {
      const inScope = namespace === undefined || object.metadata.namespace === namespace;
      if (inScope && !listed.has(key) && outdated(object)) this.#drop(key, object, object);
    }
    if (force) this.#tombstones.clear();
    this.#floors.delete(namespace ?? '');
    for (const object of objects) {
      const known = this.#objects.get(keyOf(object));
      if (known && force && known.metadata.resourceVersion !== object.metadata.resourceVersion) this.#put(keyOf(object), object);
      else this.observe(object);
    }
    this.#floors.set(namespace ?? '', resourceVersion);
  }

  #floor(object: T): string | undefined {
    return this.#floors.get(object.metadata.namespace ?? '') ?? this.#floors.get('');
  }

  #put(key: string, object: T): void {
    const previous = this.#objects.get(key);
    const stored = trimmed(object);
    this.#objects.set(key, stored);
    this.#tombstones.delete(key);
    for (const index of this.#indexes.values()) index.update(key, previous, stored);
    this.#notify(previous ? { type: 'Modified', object: stored, previous } : { type: 'Added', object: stored });
  }

  #drop(key: string, previous: T, last: T): void {
    this.#objects.delete(key);
    for (const index of this.#indexes.values()) index.update(key, previous, undefined);
    this.#notify({ type: 'Deleted', object: last, previous });
  }

  #bury(key: string, resourceVersion: string | undefined): void {
    if (resourceVersion === undefined || isOlder(resourceVersion, this.#tombstones.get(key))) return;
    this.#tombstones.set(key, resourceVersion);
  }

  #notify(change: Change<T>): void {
    for (const handler of this.#handlers) {
      try {
        handler(change);
      } catch (error) {
        // A handler's fault must not cost the others the event, nor break the watch.
        this.#logger.error({ err: error, key: keyOf(change.object), change: change.type }, 'cache handler failed');
      }
    }
  }
}

function notNewer(version: string | undefined, limit: string | undefined): boolean {
  return limit !== undefined && version !== undefined && (version === limit || isOlder(version, limit));
}

/** Without managedFields, which are half of an object and used by nobody here, and frozen. */
function trimmed<T extends KubeObject>(object: T): T {
  const { managedFields: _, ...metadata } = object.metadata;
  return frozen({ ...object, metadata });
}

function frozen<V>(value: V): V {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}
