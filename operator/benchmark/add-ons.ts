import type { AddOn, Backend, Cause } from '../backends/backend.ts';
import { labels } from '../backends/labels.ts';
import type { EventAbout } from '../backends/pod-waiting.ts';
import type { Change } from '../kube/cache.ts';
import { Cache } from '../kube/cache.ts';
import type { KubeClient } from '../kube/client.ts';
import type { Clock, Instant } from '../kube/clock.ts';
import { isForbidden, isNotFound } from '../kube/errors.ts';
import type { KubeObject, Resource } from '../kube/object.ts';
import { events } from '../kube/object.ts';
import { within } from '../kube/wait.ts';
import { eventIndexers, holderIndexers } from './indexers.ts';
import type { Watched } from './watched.ts';

/** A running watch: a Reflector. */
export interface Watch {
  start(): void;
  stop(): Promise<void>;
  refresh(): Promise<void>;
  readonly synced: Promise<void>;
  readonly hasSynced: boolean;
  readonly lastError: unknown;
}

export interface AddOnsOptions {
  client: KubeClient;
  clock: Clock;
  backends: readonly Backend[];
  /** All namespaces when absent. */
  namespaces?: readonly string[];
  watch: (watched: Watched) => Watch;
}

/** Between two looks for an add-on that was not there, ms. */
export const lookPause = 10_000;
/** For the first lists, ms. */
const listLimit = 30_000;

interface Known {
  readonly addOn: AddOn;
  readonly watched: readonly Watched[];
  watches: Watch[];
  missing: Cause | undefined;
  lookedAt: Instant;
  opening: Promise<Cause | undefined> | undefined;
}

/** The kinds that backends need beside pods and claims. They are watched from the first benchmark on that asks for such a backend. */
export class AddOns {
  readonly #options: AddOnsOptions;
  readonly #known: ReadonlyMap<Backend['name'], Known>;
  readonly #objects: readonly Cache<KubeObject>[];
  readonly #events: readonly Cache<KubeObject>[];
  #stopped = false;
  /** Caches of the kinds that hold pods, by plural. */
  readonly holders: Readonly<Record<string, Cache<KubeObject>>>;

  constructor(options: AddOnsOptions) {
    this.#options = options;
    this.#known = new Map(options.backends.flatMap(({ name, addOn }) => (addOn ? [[name, knownOf(addOn)]] : [])));
    const all = [...this.#known.values()];
    const watched = all.flatMap((known) => known.watched);
    this.#objects = watched.flatMap(({ resource, cache }) => (resource === events ? [] : [cache]));
    this.#events = watched.flatMap(({ resource, cache }) => (resource === events ? [cache] : []));
    const kinds = new Set(all.map(({ addOn }) => addOn.holder));
    this.holders = Object.fromEntries(watched.flatMap(({ resource, cache }) => (kinds.has(resource) ? [[resource.plural, cache]] : [])));
  }

  /** All that holds pods. */
  list(): KubeObject[] {
    return Object.values(this.holders).flatMap((cache) => cache.list());
  }

  /** Why a backend cannot be used, as far as it is known by now. */
  missing(backend: Backend['name']): Cause | undefined {
    return this.#known.get(backend)?.missing;
  }

  /**
   * Looks whether the cluster has what a backend needs, and fills the caches with it, unless that is done.
   * @returns why the backend cannot be used. @throws ApiError, NoReplyError for faults that pass; Error once they are stopped
   */
  async open(backend: Backend['name']): Promise<Cause | undefined> {
    const known = this.#known.get(backend);
    if (!known || isWatched(known)) return undefined;
    if (known.missing && this.#options.clock.now() < known.lookedAt + lookPause) return known.missing;
    known.opening ??= this.#open(known).finally(() => {
      known.opening = undefined;
    });
    return await known.opening;
  }

  /** Objects with the label of a benchmark, of all kinds that are watched. */
  objectsOf(uid: string): KubeObject[] {
    return this.#objects.flatMap((cache) => cache.index('benchmark', uid));
  }

  /** An object of theirs by its UID. */
  byUid(uid: string): KubeObject | undefined {
    for (const cache of this.#objects) {
      const [found] = cache.index('uid', uid);
      if (found) return found;
    }
    return undefined;
  }

  eventsAbout(uid: string): KubeObject[] {
    return this.#events.flatMap((cache) => cache.index('object', uid));
  }

  /** Calls `handler` with every object that changes, and with the object that an Event is about. @returns a function that ends it */
  onChange(handler: (object: KubeObject) => void): () => void {
    const about = ({ type, object }: Change<KubeObject>) => {
      const { involvedObject }: EventAbout = object;
      const found = type === 'Deleted' ? undefined : this.byUid(involvedObject?.uid ?? '');
      if (found) handler(found);
    };
    const ends = [
      ...this.#objects.map((cache) =>
        cache.onChange(({ object }) => {
          handler(object);
        }),
      ),
      ...this.#events.map((cache) => cache.onChange(about)),
    ];
    return () => {
      for (const end of ends) end();
    };
  }

  /** Resolves when the caches are as new as this call. */
  async refresh(): Promise<void> {
    await Promise.all(this.#watches().map((watch) => watch.refresh()));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#watches().map((watch) => watch.stop()));
  }

  async #open(known: Known): Promise<Cause | undefined> {
    known.missing = await this.#look(known);
    known.lookedAt = this.#options.clock.now();
    if (known.missing) return known.missing;
    if (this.#stopped) throw new Error(`${nameOf(known.addOn.holder)} are not watched: the operator is stopping`);
    if (known.watches.length === 0) {
      known.watches = known.watched.map((watched) => this.#options.watch(watched));
      for (const watch of known.watches) watch.start();
    }
    const what = `the first lists of ${known.watched.map(({ resource }) => resource.plural).join(', ')}`;
    await within(this.#options.clock, listLimit, what, () => Promise.all(known.watches.map(({ synced }) => synced)));
    return undefined;
  }

  async #look({ addOn, watched }: Known): Promise<Cause | undefined> {
    const { client, namespaces } = this.#options;
    const scopes = namespaces ? namespaces.map((namespace) => ({ namespace })) : [{}];
    for (const { resource } of watched) {
      for (const scope of scopes) {
        try {
          await client.list(resource, { ...scope, limit: 1 });
        } catch (error) {
          if (isNotFound(error)) return missing(addOn, resource);
          if (isForbidden(error)) return forbidden(addOn, resource);
          throw error;
        }
      }
    }
    return undefined;
  }

  #watches(): Watch[] {
    return [...this.#known.values()].flatMap(({ watches }) => watches);
  }
}

function knownOf(addOn: AddOn): Known {
  const watched = addOn.watches.map(({ resource, fieldSelector }): Watched => {
    if (resource === events) return { resource, cache: new Cache({ indexers: eventIndexers }), ...(fieldSelector && { fieldSelector }) };
    return { resource, cache: new Cache({ indexers: holderIndexers }), labelSelector: labels.benchmark };
  });
  return { addOn, watched, watches: [], missing: undefined, lookedAt: 0, opening: undefined };
}

/** Whether nothing has to be looked for: a watch that is told that its kind is gone may be right, one that fails otherwise goes on. */
function isWatched({ watches, missing: cause, opening }: Known): boolean {
  if (watches.length === 0 || opening || cause) return false;
  return watches.every(({ hasSynced, lastError }) => hasSynced && !isNotFound(lastError) && !isForbidden(lastError));
}

function missing({ install }: AddOn, resource: Resource): Cause {
  return { reason: 'BackendMissing', message: `the cluster serves no ${nameOf(resource)}; install ${install}` };
}

/** The server looks at rights first: it tells of none whether there is such a kind. */
function forbidden({ install, chartValue }: AddOn, resource: Resource): Cause {
  const steps = `set ${chartValue}=true in the operator's chart, and install ${install} where that is not done`;
  return { reason: 'BackendMissing', message: `the operator may not list ${nameOf(resource)}; ${steps}` };
}

function nameOf({ plural, group }: Resource): string {
  return group === '' ? plural : `${plural}.${group}`;
}
