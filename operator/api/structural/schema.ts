/** A structural OpenAPI v3 schema, as a CustomResourceDefinition carries it: the parts that are read here. */
export interface Schema {
  type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  description?: string;
  format?: string;
  default?: unknown;
  example?: unknown;
  nullable?: boolean;
  enum?: unknown[];
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: boolean;
  exclusiveMaximum?: boolean;
  multipleOf?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  minProperties?: number;
  maxProperties?: number;
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  not?: Schema;
  'x-kubernetes-preserve-unknown-fields'?: boolean;
  'x-kubernetes-embedded-resource'?: boolean;
  'x-kubernetes-int-or-string'?: boolean;
  'x-kubernetes-list-type'?: 'atomic' | 'set' | 'map';
  'x-kubernetes-list-map-keys'?: string[];
  'x-kubernetes-validations'?: Rule[];
}

/** One CEL rule of a schema node. */
export interface Rule {
  rule: string;
  message?: string;
  messageExpression?: string;
  /** Relative to the node that holds the rule, e.g. `.spec.iperf`. */
  fieldPath?: string;
  reason?: string;
  optionalOldSelf?: boolean;
}

/** The way from an object's root to a value: field names, map keys and list indexes. */
export type Segments = readonly (string | number)[];

export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `spec.env[0].name`; map keys that are no plain word stand in brackets: `metadata.labels[app.kubernetes.io/name]`. */
export function pathText(segments: Segments): string {
  return segments
    .map((segment) => (typeof segment === 'string' && /^[\w-]+$/.test(segment) ? `.${segment}` : `[${segment}]`))
    .join('')
    .replace(/^\./, '');
}

/** The schema of a field, of a map's value or of a list's item; undefined where the schema says nothing. */
export function childSchema(schema: Schema, segment: string | number): Schema | undefined {
  if (typeof segment === 'number') return schema.items;
  const { properties, additionalProperties } = schema;
  if (properties && Object.hasOwn(properties, segment)) return properties[segment];
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

export function schemaAt(schema: Schema, segments: Segments): Schema | undefined {
  let node: Schema | undefined = schema;
  for (const segment of segments) node = node && childSchema(node, segment);
  return node;
}

export function valueAt(value: unknown, segments: Segments): unknown {
  let node = value;
  for (const segment of segments) {
    if (typeof segment === 'number') node = Array.isArray(node) ? (node as unknown[])[segment] : undefined;
    else node = isFields(node) && Object.hasOwn(node, segment) ? node[segment] : undefined;
  }
  return node;
}
