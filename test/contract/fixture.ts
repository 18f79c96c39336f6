import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { KubeObject, Resource } from '../../operator/kube/object.ts';

/** A namespaced kind with everything that the suite asks of a custom resource. */
export const widgets: Resource = { group: 'contract.assay.dev', version: 'v1', plural: 'widgets', kind: 'Widget' };

/** A cluster-wide kind without a status subresource. */
export const gadgets: Resource = { group: 'contract.assay.dev', version: 'v1', plural: 'gadgets', kind: 'Gadget' };

export interface Widget extends KubeObject {
  spec?: WidgetSpec;
  status?: { phase?: string; conditions?: { type: string; status: string; message?: string }[] };
}

export interface WidgetSpec {
  [field: string]: unknown;
  size?: number;
  mode?: 'Small' | 'Large';
  material?: string;
  parts?: { name: string; count?: number }[];
  options?: Record<string, string>;
}

const widgetSpec = {
  type: 'object',
  required: ['size'],
  properties: {
    size: { type: 'integer', minimum: 1, maximum: 100 },
    mode: { type: 'string', enum: ['Small', 'Large'], default: 'Small' },
    material: {
      type: 'string',
      maxLength: 20,
      'x-kubernetes-validations': [{ rule: 'self == oldSelf', message: 'material is immutable' }],
    },
    parts: {
      type: 'array',
      maxItems: 10,
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: {
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string' }, count: { type: 'integer', default: 1 } },
      },
    },
    options: { type: 'object', additionalProperties: { type: 'string' } },
  },
  'x-kubernetes-validations': [{ rule: "self.size <= 10 || self.mode == 'Large'", message: 'sizes above 10 need mode Large' }],
};

const widgetStatus = {
  type: 'object',
  properties: {
    phase: { type: 'string' },
    conditions: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['type'],
      items: {
        type: 'object',
        required: ['type', 'status'],
        properties: { type: { type: 'string' }, status: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

export interface Definition extends KubeObject {
  spec: { group: string; names: Record<'plural' | 'kind' | 'singular' | 'listKind', string>; scope: string; versions: { name: string }[] };
}

function definition({ group, version, plural, kind }: Resource, scope: 'Namespaced' | 'Cluster', shape: object): Definition {
  const served = { name: version, served: true, storage: true, ...shape };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope,
      names: { plural, kind, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [served],
    },
  };
}

export const definitions: Definition[] = [
  definition(widgets, 'Namespaced', {
    schema: { openAPIV3Schema: { type: 'object', properties: { spec: widgetSpec, status: widgetStatus } } },
    subresources: { status: {} },
    selectableFields: [{ jsonPath: '.spec.mode' }],
  }),
  definition(gadgets, 'Cluster', {
    schema: {
      openAPIV3Schema: {
        type: 'object',
        properties: {
          spec: { type: 'object', properties: { size: { type: 'integer' } } },
          status: { type: 'object', properties: { phase: { type: 'string' } } },
        },
      },
    },
  }),
];

/** The definitions of the project's own kinds. */
export function projectDefinitions(): Definition[] {
  const folder = join(import.meta.dirname, '../../crds');
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  return files.map((file) => parse(readFileSync(join(folder, file), 'utf8')) as Definition);
}
