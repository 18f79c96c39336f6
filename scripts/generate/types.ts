import { compile, type JSONSchema, type Options } from 'json-schema-to-typescript';
import { objectSchema } from './benchmark-schema.ts';
import type { Kind, Sources } from './kind.ts';
import { mapChildren, type Source } from './source.ts';

const options: Partial<Options> = {
  additionalProperties: false,
  ignoreMinAndMaxItems: true,
  style: { singleQuote: true, printWidth: 140 },
};

const kindsBanner = `// Made by scripts/generate.ts from operator/api/schema and runners/*/schema.yaml; do not edit.

import type { Metric } from '../../../measure/metric.ts';
import type { ObjectMeta } from '../../kube/object.ts';
import type { Condition } from '../condition.ts';`;

/** What the generator says about the schema that only holds the definitions, and that schema's own type. */
const referenceNote = /\n \*\n \* This interface was referenced by `Kinds`'s JSON-Schema\n \* via the `definition` "\w+"\.(?=\n)/g;
const holder = /export interface Kinds \{[^}]*\}\n/;

/** TypeScript of all kinds: an interface for each titled schema, each once. */
export async function kindTypes(sources: Sources): Promise<string> {
  const definitions: Record<string, JSONSchema> = {};
  for (const kind of sources.kinds) toReference(wholeObject(kind, sources), definitions);
  const text = await compile({ definitions }, 'Kinds', {
    ...options,
    bannerComment: kindsBanner,
    unreachableDefinitions: true,
  });
  return text.replace(referenceNote, '').replace(holder, '');
}

/** TypeScript of a workload's parameters with the defaults filled in, for the workload's own code. */
export async function parameterTypes(workload: string, schema: Source): Promise<string> {
  const title = capitalized(`${workload}Parameters`);
  return compile({ ...toJsonSchema(withDefaults(schema), {}), title }, title, {
    ...options,
    bannerComment: '// Made by scripts/generate.ts from schema.yaml, as the parameters are with their defaults; do not edit.',
  });
}

function wholeObject(kind: Kind, sources: Sources): Source {
  const root = objectSchema(kind, sources);
  const spec = root.properties?.spec;
  return {
    ...root,
    required: ['apiVersion', 'kind', 'metadata', ...(root.required ?? [])],
    properties: {
      apiVersion: { tsType: "'assay.dev/v1alpha1'" },
      kind: { tsType: `'${kind.kind}'` },
      metadata: { tsType: 'ObjectMeta' },
      ...root.properties,
      ...(spec && { spec: withBlockTitles(spec, sources) }),
    },
  };
}

function withBlockTitles(spec: Source, { workloads }: Sources): Source {
  return mapChildren(spec, (child) => {
    const block = [...workloads].find(([, schema]) => schema === child);
    return block ? { ...child, title: capitalized(`${block[0]}Block`) } : child;
  });
}

/** A titled schema stands once among the definitions; everything else where it is used. */
function toReference(source: Source, definitions: Record<string, JSONSchema>): JSONSchema {
  if (source.tsType || !source.title) return toJsonSchema(source, definitions);
  definitions[source.title] ??= toJsonSchema(source, definitions);
  return { $ref: `#/definitions/${source.title}` };
}

function toJsonSchema(source: Source, definitions: Record<string, JSONSchema>): JSONSchema {
  const { type, description, tsType, title, required, properties, additionalProperties, items, anyOf } = source;
  if (tsType) return { tsType, ...(description && { description }) };
  return {
    ...(type && { type }),
    ...(source.enum && { enum: source.enum.filter((value) => typeof value === 'string' || typeof value === 'number') }),
    ...(description && { description }),
    ...(title && { title }),
    ...(anyOf && { anyOf: anyOf.map((branch) => toJsonSchema(branch, definitions)) }),
    ...(required && { required }),
    ...(properties && { properties: mapValues(properties, (child) => toReference(child, definitions)) }),
    // A workload's block is also looked up by a name that is known only at run time.
    ...(title === 'BenchmarkSpec' && { additionalProperties: true }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: toReference(additionalProperties, definitions) }),
    ...(items && { items: toReference(items, definitions) }),
  };
}

/** What has a default is always there once it is filled in. */
function withDefaults(source: Source): Source {
  const filled = Object.entries(source.properties ?? {}).flatMap(([name, child]) => (child.default === undefined ? [] : [name]));
  return mapChildren({ ...source, required: [...new Set([...(source.required ?? []), ...filled])] }, withDefaults);
}

function mapValues<T, U>(fields: Record<string, T>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, change(value)]));
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
