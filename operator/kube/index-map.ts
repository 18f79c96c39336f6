import type { KubeObject } from './object.ts';

/** Objects by the values that a function finds in them. */
export class Index<T extends KubeObject> {
  readonly #indexer: (object: T) => string[];
  readonly #byValue = new Map<string, Map<string, T>>();

  constructor(indexer: (object: T) => string[]) {
    this.#indexer = indexer;
  }

  get(value: string): T[] {
    return [...(this.#byValue.get(value)?.values() ?? [])];
  }

  update(key: string, previous: T | undefined, next: T | undefined): void {
    for (const value of previous ? this.#indexer(previous) : []) {
      const bucket = this.#byValue.get(value);
      bucket?.delete(key);
      if (bucket?.size === 0) this.#byValue.delete(value);
    }
    if (!next) return;
    for (const value of this.#indexer(next)) {
      const bucket = this.#byValue.get(value) ?? new Map<string, T>();
      this.#byValue.set(value, bucket.set(key, next));
    }
  }
}
