import { applyDefaults } from './structural/defaults.ts';
import { compileJsonSchema } from './structural/json-schema.ts';
import { duplicates } from './structural/list-types.ts';
import { nearest } from './structural/nearest.ts';
import { objectMeta } from './structural/object-meta.ts';
import { problem, type SchemaProblem } from './structural/problem.ts';
import { Rules } from './structural/rules.ts';
import { pathText, type Schema, schemaAt, type Segments } from './structural/schema.ts';
import { prune, unknownFields } from './structural/unknown-fields.ts';

export type { SchemaProblem } from './structural/problem.ts';
export type { Schema } from './structural/schema.ts';

/** One version of a custom resource as the API server checks it. For any structural schema; compiled once, so keep it. */
export class CrdSchema {
  readonly #root: Schema;
  readonly #check: (value: unknown) => SchemaProblem[];
  readonly #rules: Rules;

  /**
   * @param openAPIV3Schema `spec.versions[].schema.openAPIV3Schema` of a CustomResourceDefinition
   * @throws where the schema is not one: an unknown keyword's value, a pattern or a rule that does not compile
   */
  constructor(openAPIV3Schema: object) {
    this.#root = withObjectFields(openAPIV3Schema);
    this.#check = compileJsonSchema(this.#root);
    this.#rules = new Rules(this.#root);
  }

  /** Fills in defaults, in place. */
  applyDefaults(object: object): void {
    applyDefaults(this.#root, object);
  }

  /** Removes unknown fields in place; returns their paths. */
  prune(object: object): string[] {
    return prune(this.#root, object).map(pathText);
  }

  /** Paths of the unknown fields, e.g. `spec.iperf.stream`. */
  unknownFields(object: object): string[] {
    return unknownFields(this.#root, object).map(pathText);
  }

  /** The unknown fields as problems: `unknown field; did you mean "streams"?` */
  unknownFieldProblems(object: object): SchemaProblem[] {
    return unknownFields(this.#root, object).map((segments) => problem(segments, this.#unknownText(segments)));
  }

  /**
   * Every reason for which the API server would refuse an object that is pruned and has its defaults.
   * @param old the object before the update; rules about changes are asked only then
   */
  validate(object: object, old?: object): SchemaProblem[] {
    const problems = [...this.#check(object), ...duplicates(this.#root, object)];
    const isBroken = (path: Segments): boolean =>
      problems.some(({ segments }) => path.every((segment, index) => segments[index] === segment));
    return [...problems, ...this.#rules.check(object, old, isBroken)];
  }

  #unknownText(segments: Segments): string {
    const known = Object.keys(schemaAt(this.#root, segments.slice(0, -1))?.properties ?? {});
    const meant = nearest(String(segments.at(-1)), known);
    if (meant) return `unknown field; did you mean ${JSON.stringify(meant)}?`;
    return known.length === 0 ? 'unknown field' : `unknown field; allowed are ${known.toSorted().join(', ')}`;
  }
}

/** The schema of a whole object, whose type and metadata a CRD may leave out. */
function withObjectFields(schema: Schema): Schema {
  const text: Schema = { type: 'string' };
  return { ...schema, type: 'object', properties: { ...schema.properties, apiVersion: text, kind: text, metadata: objectMeta } };
}
