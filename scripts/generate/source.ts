import type { Schema } from '../../operator/api/structural/schema.ts';

/** A schema as it is written in operator/api/schema and runners: parts in files of their own, names for the types. */
export interface Source extends Schema {
  /** Another file of operator/api/schema; what stands beside it wins. */
  $ref?: string;
  /** Name of the generated interface. */
  title?: string;
  /** A type written by hand that is used instead. */
  tsType?: string;
  properties?: Record<string, Source>;
  additionalProperties?: Source | boolean;
  items?: Source;
}

/** Applies a change to every schema directly below a node. */
export function mapChildren(
  node: Source,
  change: (child: Source, where: 'properties' | 'additionalProperties' | 'items') => Source,
): Source {
  const { properties, additionalProperties, items } = node;
  return {
    ...node,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, child]) => [name, change(child, 'properties')])),
    }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: change(additionalProperties, 'additionalProperties') }),
    ...(items && { items: change(items, 'items') }),
  };
}

/** Puts the parts into their places. @param read a file of operator/api/schema by its name */
export function compose(node: Source, read: (file: string) => Source): Source {
  const { $ref, ...own } = node;
  const whole = $ref === undefined ? own : { ...compose(read($ref), read), ...own };
  return mapChildren(whole, (child) => compose(child, read));
}
