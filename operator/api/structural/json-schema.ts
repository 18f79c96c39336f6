import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { allowedText, numberOfKind, problem, refusal, type SchemaProblem, shown } from './problem.ts';
import { isFields, type Fields, type Schema, schemaAt, type Segments, valueAt } from './schema.ts';

// The API server's patterns are Go's, which allow escapes that JavaScript refuses in Unicode mode.
const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true, unicodeRegExp: false });
ajv.addFormat('int32', { type: 'number', validate: (value) => value >= -(2 ** 31) && value < 2 ** 31 });
ajv.addFormat('int64', { type: 'number', validate: Number.isSafeInteger });
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[-+]\d\d:?\d\d)$/);

/** Compiles the schema's value rules (all but pruning, defaults, list types and CEL). */
export function compileJsonSchema(schema: Schema): (value: unknown) => SchemaProblem[] {
  const validate: ValidateFunction = ajv.compile(toJsonSchema(schema));
  return (value) => (validate(value) ? [] : problemsOf(validate.errors ?? [], schema, value));
}

const copied = [
  'enum',
  'pattern',
  'minLength',
  'maxLength',
  'multipleOf',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'required',
] as const;

/** OpenAPI v3 as the API server reads it -> JSON Schema 2020-12. */
function toJsonSchema(schema: Schema): Fields {
  const json: Fields = {};
  const type = schema['x-kubernetes-int-or-string'] ? ['integer', 'string'] : schema.type;
  if (type) json.type = schema.nullable ? [type, 'null'].flat() : type;
  for (const name of copied) if (schema[name] !== undefined) json[name] = schema[name];
  if (schema.nullable && schema.enum) json.enum = [...schema.enum, null];
  if (schema.format && ajv.formats[schema.format]) json.format = schema.format;
  if (schema.minimum !== undefined) json[schema.exclusiveMinimum ? 'exclusiveMinimum' : 'minimum'] = schema.minimum;
  if (schema.maximum !== undefined) json[schema.exclusiveMaximum ? 'exclusiveMaximum' : 'maximum'] = schema.maximum;
  if (schema.properties) json.properties = mapValues(schema.properties, toJsonSchema);
  if (typeof schema.additionalProperties === 'object') json.additionalProperties = toJsonSchema(schema.additionalProperties);
  if (schema.items) json.items = toJsonSchema(schema.items);
  if (schema.not) json.not = toJsonSchema(schema.not);
  for (const junctor of ['anyOf', 'oneOf', 'allOf'] as const) {
    // The types of an int-or-string are said twice by convention: as the extension and as anyOf.
    const branches = schema['x-kubernetes-int-or-string'] && junctor === 'anyOf' ? undefined : schema[junctor];
    if (branches) json[junctor] = branches.map(toJsonSchema);
  }
  return json;
}

function mapValues<T, U>(fields: Record<string, T>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, change(value)]));
}

function problemsOf(errors: ErrorObject[], schema: Schema, object: unknown): SchemaProblem[] {
  const problems = new Map<string, SchemaProblem>();
  for (const error of errors) {
    // A branch that did not fit is no problem by itself; that none fitted is told by the junctor's own error.
    if (/\/(anyOf|oneOf|not)\//.test(error.schemaPath)) continue;
    const found = problemOf(error, schema, object);
    // The first error of a place says it best: a text in a number's place breaks the type before the range.
    if (!problems.has(found.path)) problems.set(found.path, found);
  }
  return [...problems.values()];
}

function problemOf(error: ErrorObject, root: Schema, object: unknown): SchemaProblem {
  const segments = segmentsOf(error.instancePath, object);
  const value = valueAt(object, segments);
  const schema = schemaAt(root, segments) ?? {};
  switch (error.keyword) {
    case 'required': {
      const missing = [...segments, String(error.params.missingProperty)];
      return problem(missing, `is missing; ${allowedText(schemaAt(root, missing) ?? {})}`);
    }
    case 'type':
      return problem(segments, refusal(value, typeText(schema, value)), value);
    case 'maxLength':
    case 'minLength':
      return problem(segments, refusal(value, lengthText(schema)), value);
    case 'maxItems':
    case 'minItems':
      return problem(segments, `${Array.isArray(value) ? value.length : 0} items are not allowed; ${allowedText(schema)}`, value);
    case 'maxProperties':
    case 'minProperties':
      return problem(segments, `${isFields(value) ? Object.keys(value).length : 0} fields are not allowed; ${allowedText(schema)}`, value);
    case 'anyOf':
    case 'oneOf':
    case 'not':
      return problem(segments, `${shown(value)} is not allowed; ${formsText(schema)}`, value);
    default:
      return problem(segments, refusal(value, allowedText(schema)), value);
  }
}

function typeText(schema: Schema, value: unknown): string {
  if (schema.type === 'integer' || schema.type === 'number') return numberOfKind(schema);
  // YAML makes a number of 1200 and a switch of true, where the text would have been right.
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
  const fits =
    text !== undefined && schema.type === 'string' && (schema.enum?.includes(text) ?? new RegExp(schema.pattern ?? '').test(text));
  return fits ? `write "${text}", in quotes` : allowedText(schema);
}

function lengthText({ minLength, maxLength }: Schema): string {
  return allowedText({
    type: 'string',
    ...(minLength === undefined ? {} : { minLength }),
    ...(maxLength === undefined ? {} : { maxLength }),
  });
}

/** What the branches of a junctor ask for, as far as it is fields that must be there. */
function formsText({ anyOf, oneOf }: Schema): string {
  const required = (anyOf ?? oneOf ?? []).flatMap((branch) => branch.required ?? []);
  if (required.length === 0) return 'no allowed form fits';
  return `${oneOf ? 'exactly' : 'at least'} one of ${required.join(', ')}`;
}

/** JSON pointer -> segments; what is an index is told by the value, for a map may have keys like `0`. */
function segmentsOf(pointer: string, object: unknown): Segments {
  const segments: (string | number)[] = [];
  let node = object;
  for (const text of pointer.split('/').slice(1)) {
    const name = text.replaceAll('~1', '/').replaceAll('~0', '~');
    const segment = Array.isArray(node) ? Number(name) : name;
    segments.push(segment);
    node = Array.isArray(node) ? (node as unknown[])[Number(name)] : isFields(node) ? node[name] : undefined;
  }
  return segments;
}
