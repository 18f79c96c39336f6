import { pathText, type Schema, type Segments } from './schema.ts';

/** One reason to refuse an object: where, what is there, what is allowed instead. */
export interface ObjectProblem {
  /** `spec.iperf.streams` */
  path: string;
  /** `-1 is not allowed; 1 to 128` */
  message: string;
  /** What stands there; absent where something is missing. */
  value?: unknown;
}

export interface SchemaProblem extends ObjectProblem {
  segments: Segments;
}

export function problem(segments: Segments, message: string, value?: unknown): SchemaProblem {
  return { path: pathText(segments), segments, message, ...(value === undefined ? {} : { value }) };
}

/** `"TCPX" is not allowed; TCP or UDP` */
export function refusal(value: unknown, allowed: string): string {
  return `${shown(value)} is not allowed; ${allowed}`;
}

/** A value as JSON, cut to what fits a line. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 64 ? text : `${text.slice(0, 60)}...`;
}

/** What a schema allows, in words: `TCP or UDP`, `1 to 128`, `like 10s`. */
export function allowedText(schema: Schema): string {
  if (schema.enum) return alternatives(schema.enum.map(String));
  if (schema['x-kubernetes-int-or-string']) return `${numberOfKind(schema)}, or ${stringText(schema)}`;
  switch (schema.type) {
    case 'integer':
    case 'number':
      return numberText(schema);
    case 'string':
      return stringText(schema);
    case 'boolean':
      return 'true or false';
    case 'array':
      return `a list${between(schema.minItems, schema.maxItems, 'items')}`;
    case 'object':
      return `an object${between(schema.minProperties, schema.maxProperties, 'fields')}`;
    case undefined:
    default:
      return 'another value';
  }
}

/** `a`, `a or b`, `a, b or c` */
export function alternatives(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function numberText(schema: Schema): string {
  return rangeText(schema) ?? kindText(schema);
}

/** A number's kind, where the value is not even that: `a whole number, 1 to 128`. */
export function numberOfKind(schema: Schema): string {
  const range = rangeText(schema);
  return range ? `${kindText(schema)}, ${range}` : kindText(schema);
}

function kindText({ type, multipleOf }: Schema): string {
  if (multipleOf !== undefined) return `a multiple of ${multipleOf}`;
  return type === 'number' ? 'a number' : 'a whole number';
}

function rangeText({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): string | undefined {
  const low = minimum === undefined ? undefined : exclusiveMinimum ? `more than ${minimum}` : `at least ${minimum}`;
  const high = maximum === undefined ? undefined : exclusiveMaximum ? `less than ${maximum}` : `at most ${maximum}`;
  if (low && high && !exclusiveMinimum && !exclusiveMaximum) return `${minimum} to ${maximum}`;
  return low && high ? `${low} and ${high}` : (low ?? high);
}

function stringText(schema: Schema): string {
  const { pattern, minLength, maxLength } = schema;
  const example = schema.example ?? schema.default;
  if (pattern) return typeof example === 'string' ? `like ${example}` : `text of the form ${pattern}`;
  return `text${between(minLength, maxLength, 'characters')}`;
}

function between(low: number | undefined, high: number | undefined, what: string): string {
  if (high === undefined) return low ? ` of at least ${low} ${what}` : '';
  return low ? ` of ${low} to ${high} ${what}` : ` of at most ${high} ${what}`;
}
