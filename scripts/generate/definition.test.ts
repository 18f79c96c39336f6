import { expect, test } from '@jest/globals';
import { definition } from './definition.ts';
import { smallSources } from './testing.ts';

const sources = smallSources();
const [benchmark] = sources.kinds.map((kind) => definition(kind, sources));

test('names, scope, columns and status are those of the kind', () => {
  expect(benchmark).toMatchObject({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'benchmarks.assay.dev' },
    spec: {
      group: 'assay.dev',
      scope: 'Namespaced',
      names: {
        kind: 'Benchmark',
        listKind: 'BenchmarkList',
        plural: 'benchmarks',
        singular: 'benchmark',
        shortNames: ['b'],
        categories: ['assay'],
      },
      versions: [
        { name: 'v1alpha1', served: true, storage: true, subresources: { status: {} }, additionalPrinterColumns: [{ name: 'Phase' }] },
      ],
    },
  });
});

test('the schema has the fields of every object', () => {
  expect(benchmark).toMatchObject({
    spec: {
      versions: [
        {
          schema: {
            openAPIV3Schema: { properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' } } },
          },
        },
      ],
    },
  });
});

test('what only the types are made of is left out', () => {
  expect(JSON.stringify(benchmark)).not.toMatch(/"(title|tsType|\$ref)":/);
});
