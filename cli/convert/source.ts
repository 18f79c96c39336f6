import { type Fields, isFields } from '../../operator/api/structural/schema.ts';

/** What was not carried over, and where it stands in the file. */
export interface Note {
  path: string;
  message: string;
}

/**
 * An object of another system. What a conversion does not ask for has no counterpart: `end` tells it, so that nothing is ignored in silence.
 */
export class Source {
  readonly #fields: Fields;
  readonly #pathOf: (field: string) => string;
  readonly #notes: Note[];
  readonly #asked = new Set<string>();
  readonly #children = new Map<string, Source>();

  /** @param pathOf where a field stands in the file */
  constructor(fields: unknown, pathOf: (field: string) => string, notes: Note[]) {
    this.#fields = isFields(fields) ? fields : {};
    this.#pathOf = pathOf;
    this.#notes = notes;
  }

  /** The value of a field; undefined where it is missing or null. */
  take(field: string): unknown {
    this.#asked.add(field);
    return Object.hasOwn(this.#fields, field) ? (this.#fields[field] ?? undefined) : undefined;
  }

  /** A field that is an object; what is none is told, and as good as empty. Its own fields are told with those of this one. */
  child(field: string): Source {
    const known = this.#children.get(field);
    if (known) return known;
    const path = this.#pathOf(field);
    const value = this.take(field);
    if (!isFields(value)) this.note(field, 'is no object and is left out');
    const child = new Source(value, (name) => `${path}.${name}`, this.#notes);
    this.#children.set(field, child);
    return child;
  }

  /** A list of objects; what is none is told and left out. */
  objects(field: string): Fields[] {
    const value = this.take(field);
    if (!Array.isArray(value)) {
      this.note(field, 'is no list and is left out');
      return [];
    }
    return value.flatMap((item: unknown, index) => {
      if (isFields(item)) return [item];
      this.#notes.push({ path: `${this.#pathOf(field)}[${index}]`, message: 'is no object and is left out' });
      return [];
    });
  }

  /** All fields, where their names are the user's own. */
  entries(): [name: string, value: unknown][] {
    return Object.keys(this.#fields).map((name) => [name, this.take(name)]);
  }

  /** Says about a field, where it is there, why it is not carried over as it is. */
  note(field: string, message: string): void {
    if (this.take(field) !== undefined) this.#notes.push({ path: this.#pathOf(field), message });
  }

  /** Tells every field that was not asked for. */
  end(): void {
    for (const field of Object.keys(this.#fields)) {
      if (!this.#asked.has(field)) this.note(field, 'has no counterpart and is left out');
    }
    for (const child of this.#children.values()) child.end();
  }
}
