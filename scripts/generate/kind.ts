import type { Source } from './source.ts';

/** A kind as operator/api/schema/kinds.yaml describes it. */
export interface Kind {
  kind: string;
  /** File with the schema of the whole object. */
  schema: string;
  plural: string;
  shortNames: string[];
  /** Fields of spec that may change once the object is accepted. */
  mutable: string[];
  columns: { name: string; type: string; jsonPath: string; description?: string; priority?: number }[];
}

/** What the generator reads: all of it data, so that a test can give its own. */
export interface Sources {
  kinds: Kind[];
  /** The files of operator/api/schema by name. */
  parts: ReadonlyMap<string, Source>;
  /** The workloads' schemas by the name of their block. */
  workloads: ReadonlyMap<string, Source>;
}

/** A file of operator/api/schema. @throws where there is none of that name */
export function part({ parts }: Sources, file: string): Source {
  const source = parts.get(file);
  if (!source) throw new Error(`operator/api/schema has no ${file}`);
  return source;
}
