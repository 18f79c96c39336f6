import { expect, test } from '@jest/globals';
import { chartCrd } from './chart-crd.ts';
import type { Definition } from './definition.ts';

const crd = (description: string): Definition => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'naps.assay.dev' },
  spec: { scope: 'Namespaced', description },
});

test('the whole definition is there, its metadata left to the chart and all of it to a switch', () => {
  expect(chartCrd(crd('A short sleep.')).split('\n')).toEqual([
    '{{- if .Values.crds.install }}',
    'apiVersion: apiextensions.k8s.io/v1',
    'kind: CustomResourceDefinition',
    'metadata:',
    expect.stringContaining('.Values.crds.keep'),
    expect.stringContaining('"naps.assay.dev"'),
    'spec:',
    '  scope: Namespaced',
    '  description: A short sleep.',
    '{{- end }}',
    '',
  ]);
});

test('text that Helm would carry out is refused, with the kind and what to do', () => {
  expect(() => chartCrd(crd('{{ .Values.secret }}'))).toThrow(
    'naps.assay.dev: {{ is an instruction to Helm; word the description or rule another way',
  );
});
