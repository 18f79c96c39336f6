import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { KubeObject } from '../kube/object.ts';
import { CrdSchema, type Schema } from './crd-schema.ts';

export const kinds = ['Benchmark', 'BenchmarkSet'] as const;
export type Kind = (typeof kinds)[number];

export const apiVersion = 'assay.dev/v1alpha1';

/** A CustomResourceDefinition as far as it is read here. */
export interface Definition extends KubeObject {
  spec: { versions: { name: string; schema: { openAPIV3Schema: Schema } }[] };
}

const files: Readonly<Record<Kind, string>> = { Benchmark: 'assay.dev_benchmarks.yaml', BenchmarkSet: 'assay.dev_benchmarksets.yaml' };
const definitions = new Map<Kind, Definition>();
const schemas = new Map<Kind, CrdSchema>();

/** The generated definition of a kind, as `crds/` has it. */
export function definitionOf(kind: Kind): Definition {
  return once(definitions, kind, () => {
    const definition: Definition = parse(readFileSync(new URL(`../../crds/${files[kind]}`, import.meta.url), 'utf8'));
    return definition;
  });
}

/** The schema of a kind, compiled at the first use. */
export function schemaOf(kind: Kind): CrdSchema {
  return once(schemas, kind, () => {
    const [version] = definitionOf(kind).spec.versions;
    if (!version) throw new Error(`crds/${files[kind]} has no version`);
    return new CrdSchema(version.schema.openAPIV3Schema);
  });
}

/** Compiles all schemas now; the first use would take half a second otherwise. */
export function compileSchemas(): void {
  for (const kind of kinds) schemaOf(kind);
}

function once<T>(kept: Map<Kind, T>, kind: Kind, make: () => T): T {
  const value = kept.get(kind) ?? make();
  kept.set(kind, value);
  return value;
}
