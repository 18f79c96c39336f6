import { Environment } from '@marcbachmann/cel-js';
import { celValue } from './cel-value.ts';
import { identityOf } from './list-types.ts';
import { problem, type SchemaProblem } from './problem.ts';
import { childSchema, isFields, type Rule, type Schema, type Segments } from './schema.ts';

type Expression = (variables: { self: unknown; oldSelf?: unknown }) => unknown;

interface CompiledRule {
  rule: Rule;
  holds: Expression;
  message: Expression | undefined;
  /** Speaks about a change: not evaluated where there was nothing before. */
  transition: boolean;
  fieldPath: Segments;
}

const environment = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false, enableOptionalTypes: true });

/** The CEL rules of a schema, compiled once. */
export class Rules {
  readonly #compiled = new Map<Schema, CompiledRule[]>();
  readonly #root: Schema;

  /** @throws where a rule is no CEL, or uses optionalOldSelf, which is not supported here. */
  constructor(root: Schema) {
    this.#root = root;
    this.#compile(root);
  }

  /**
   * Evaluates every rule whose value has no problem of another sort: as the API server, which asks no rule about a
   * value of the wrong shape.
   * @param isBroken whether some value at or under a path was already refused
   */
  check(value: unknown, old: unknown, isBroken: (path: Segments) => boolean): SchemaProblem[] {
    if (this.#compiled.size === 0) return [];
    const problems: SchemaProblem[] = [];
    const visit = (schema: Schema, self: unknown, oldSelf: unknown, path: Segments): void => {
      const rules = this.#compiled.get(schema);
      if (rules && !isBroken(path)) problems.push(...rules.flatMap((rule) => broken(rule, self, oldSelf, path)));
      if (Array.isArray(self)) {
        if (schema.items)
          for (const [index, item] of self.entries()) visit(schema.items, item, counterpart(schema, item, oldSelf), [...path, index]);
      } else if (isFields(self)) {
        for (const [name, field] of Object.entries(self)) {
          const child = childSchema(schema, name);
          if (child) visit(child, field, isFields(oldSelf) && Object.hasOwn(oldSelf, name) ? oldSelf[name] : undefined, [...path, name]);
        }
      }
    };
    visit(this.#root, celValue(this.#root, value), old === undefined ? undefined : celValue(this.#root, old), []);
    return problems;
  }

  #compile(schema: Schema): void {
    const rules = schema['x-kubernetes-validations'];
    if (rules?.length) this.#compiled.set(schema, rules.map(compile));
    for (const child of Object.values(schema.properties ?? {})) this.#compile(child);
    if (typeof schema.additionalProperties === 'object') this.#compile(schema.additionalProperties);
    if (schema.items) this.#compile(schema.items);
  }
}

function compile(rule: Rule): CompiledRule {
  if (rule.optionalOldSelf) throw new Error(`optionalOldSelf is not supported: ${rule.rule}`);
  return {
    rule,
    holds: parse(rule.rule),
    message: rule.messageExpression === undefined ? undefined : parse(rule.messageExpression),
    transition: /\boldSelf\b/.test(rule.rule),
    fieldPath: fieldPathSegments(rule.fieldPath ?? ''),
  };
}

function parse(expression: string): Expression {
  try {
    return environment.parse(expression);
  } catch (error) {
    throw new Error(`not CEL: ${expression}`, { cause: error });
  }
}

function broken(compiled: CompiledRule, self: unknown, oldSelf: unknown, path: Segments): SchemaProblem[] {
  if (compiled.transition && oldSelf === undefined) return [];
  const where = [...path, ...compiled.fieldPath];
  const variables = { self, oldSelf };
  try {
    if (compiled.holds(variables) === true) return [];
  } catch (error) {
    // The API server refuses as well when a rule cannot be evaluated.
    return [problem(where, `the rule ${compiled.rule.rule} cannot be evaluated: ${firstLine(error)}`)];
  }
  return [problem(where, messageOf(compiled, variables))];
}

function messageOf({ rule, message }: CompiledRule, variables: { self: unknown; oldSelf: unknown }): string {
  const fixed = rule.message ?? `fails the rule ${rule.rule}`;
  if (!message) return fixed;
  try {
    const text = message(variables);
    return typeof text === 'string' && text.trim() !== '' ? text : fixed;
  } catch {
    return fixed;
  }
}

/** The former value of a list's item, which only lists of type map have. */
function counterpart(list: Schema, item: unknown, old: unknown): unknown {
  if (list['x-kubernetes-list-type'] !== 'map' || !Array.isArray(old)) return undefined;
  const identity = celIdentity(list, item);
  return old.find((other) => celIdentity(list, other) === identity);
}

function celIdentity(list: Schema, item: unknown): string | undefined {
  if (!isFields(item)) return undefined;
  const keys = Object.entries(item).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value] as const);
  return identityOf(list, Object.fromEntries(keys));
}

/** `.spec['some-key'].x` -> segments */
function fieldPathSegments(path: string): Segments {
  return [...path.matchAll(/\.([\w-]+)|\['([^']*)'\]/g)].map(([, name, key]) => name ?? key ?? '');
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n', 1)[0] ?? '';
}
