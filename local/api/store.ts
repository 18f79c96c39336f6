import type { Resource } from '../../operator/kube/object.ts';
import { keyOf } from '../../operator/kube/object.ts';
import type { ApiObject } from './object.ts';
import { tooOld } from './status.ts';

/** One write. `object` is the state after it; for a deletion the last state, under the revision of the deletion. */
export interface Change {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  revision: number;
  key: string;
  object: ApiObject;
  previous?: ApiObject;
}

/** The objects of one kind, with the latest writes so that lists and watches can start in the past. */
export class Table {
  readonly resource: Resource;
  readonly #store: Store;
  readonly #objects = new Map<string, ApiObject>();
  #sorted: string[] | undefined;
  #history: Change[] = [];
  /** The revision before the first change that is still known. */
  #oldest = 0;
  #waiting: (() => void)[] = [];

  constructor(resource: Resource, store: Store) {
    this.resource = resource;
    this.#store = store;
  }

  /** The revision of the latest change. */
  get latest(): number {
    return this.#history.at(-1)?.revision ?? this.#oldest;
  }

  get(key: string): ApiObject | undefined {
    return this.#objects.get(key);
  }

  values(): Iterable<ApiObject> {
    return this.#objects.values();
  }

  /** Stores a new state and gives it its resourceVersion. */
  put(object: ApiObject): ApiObject {
    const key = keyOf(object);
    const previous = this.#objects.get(key);
    const revision = this.#store.next();
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } };
    this.#objects.set(key, stored);
    if (!previous) this.#sorted = undefined;
    this.#record({ type: previous ? 'MODIFIED' : 'ADDED', revision, key, object: stored, ...(previous && { previous }) });
    return stored;
  }

  remove(key: string): void {
    const previous = this.#objects.get(key);
    if (!previous) return;
    const revision = this.#store.next();
    const object = { ...previous, metadata: { ...previous.metadata, resourceVersion: String(revision) } };
    this.#objects.delete(key);
    this.#sorted = undefined;
    this.#record({ type: 'DELETED', revision, key, object, previous });
  }

  /**
   * All objects as they were at a revision, in the order of their keys.
   * @throws StatusError 410 when that revision's history is gone
   */
  at(revision: number): ApiObject[] {
    const undone = new Map<string, ApiObject | undefined>();
    for (const change of this.since(revision)) if (!undone.has(change.key)) undone.set(change.key, change.previous);
    const keys = undone.size === 0 ? this.#keys() : [...new Set([...this.#keys(), ...undone.keys()])].toSorted(byCodeUnit);
    const objects: ApiObject[] = [];
    for (const key of keys) {
      const object = undone.has(key) ? undone.get(key) : this.#objects.get(key);
      if (object) objects.push(object);
    }
    return objects;
  }

  /**
   * The changes after a revision, oldest first.
   * @throws StatusError 410 when some of them are forgotten
   */
  since(revision: number): Change[] {
    if (revision < this.#oldest) throw tooOld(revision, this.#oldest);
    let low = 0;
    let high = this.#history.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const change = this.#history[middle];
      if (change && change.revision <= revision) low = middle + 1;
      else high = middle;
    }
    return this.#history.slice(low);
  }

  /** Calls back once, at the next change; the returned function takes that back. */
  onceChanged(callback: () => void): () => void {
    this.#waiting.push(callback);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== callback);
    };
  }

  /** Forgets all changes up to now, as a compaction of etcd does. */
  compact(): void {
    this.#history = [];
    this.#oldest = this.#store.revision;
  }

  #record(change: Change): void {
    this.#history.push(change);
    // Cut in large steps: a cut moves the whole array.
    if (this.#history.length >= this.#store.historyLimit * 2) {
      const cut = this.#history.splice(0, this.#history.length - this.#store.historyLimit);
      this.#oldest = cut.at(-1)?.revision ?? this.#oldest;
    }
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const callback of waiting) callback();
    this.#store.committed(this, change);
  }

  #keys(): string[] {
    this.#sorted ??= [...this.#objects.keys()].toSorted(byCodeUnit);
    return this.#sorted;
  }
}

function byCodeUnit(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** All tables under one count of revisions. */
export class Store {
  readonly historyLimit: number;
  readonly #tables = new Map<string, Table>();
  readonly #listeners: ((table: Table, change: Change) => void)[] = [];
  #revision = 1;

  /** @param historyLimit how many of the latest changes each kind remembers at least */
  constructor(historyLimit: number) {
    this.historyLimit = historyLimit;
  }

  get revision(): number {
    return this.#revision;
  }

  next(): number {
    this.#revision += 1;
    return this.#revision;
  }

  table(resource: Resource): Table {
    const id = `${resource.group}/${resource.plural}`;
    let table = this.#tables.get(id);
    if (!table) {
      table = new Table(resource, this);
      this.#tables.set(id, table);
    }
    return table;
  }

  tables(): Iterable<Table> {
    return this.#tables.values();
  }

  /** Hears of every change of every table, inside the write. */
  listen(listener: (table: Table, change: Change) => void): void {
    this.#listeners.push(listener);
  }

  committed(table: Table, change: Change): void {
    for (const listener of this.#listeners) listener(table, change);
  }
}
