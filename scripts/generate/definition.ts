import { objectSchema } from './benchmark-schema.ts';
import type { Kind, Sources } from './kind.ts';
import { mapChildren, type Source } from './source.ts';

const group = 'assay.dev';

export interface Definition {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  spec: object;
}

/** The CustomResourceDefinition of a kind. */
export function definition(kind: Kind, sources: Sources): Definition {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${kind.plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: {
        kind: kind.kind,
        listKind: `${kind.kind}List`,
        plural: kind.plural,
        singular: kind.kind.toLowerCase(),
        shortNames: kind.shortNames,
        categories: ['assay'],
      },
      versions: [
        {
          name: 'v1alpha1',
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: kind.columns,
          schema: { openAPIV3Schema: served(objectSchema(kind, sources)) },
        },
      ],
    },
  };
}

/** Without what only the type generator reads, and with the fields that every object has. */
function served(root: Source): Source {
  const text = { type: 'string' } as const;
  const { properties, ...rest } = plain(root);
  return { ...rest, properties: { apiVersion: text, kind: text, metadata: { type: 'object' }, ...properties } };
}

function plain(node: Source): Source {
  const { title: _title, tsType: _tsType, ...rest } = node;
  return mapChildren(rest, plain);
}
