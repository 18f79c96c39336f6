import { describe, expect, test } from '@jest/globals';
import { workloads } from '../../runners/registry.ts';
import { definitionOf, kinds, schemaOf } from './crds.ts';
import type { Schema } from './crd-schema.ts';
import { refusedObjects } from './testdata/refused.ts';

/** Every schema node with its path. */
function nodes(schema: Schema, path = ''): [string, Schema][] {
  const children = [
    ...Object.entries(schema.properties ?? {}),
    ...(typeof schema.additionalProperties === 'object' ? ([['*', schema.additionalProperties]] as const) : []),
    ...(schema.items ? ([['[]', schema.items]] as const) : []),
  ];
  return [[path, schema], ...children.flatMap(([name, child]) => nodes(child, path === '' ? name : `${path}.${name}`))];
}

const allNodes = kinds.flatMap((kind) => {
  const [version] = definitionOf(kind).spec.versions;
  return version ? nodes(version.schema.openAPIV3Schema, kind) : [];
});
const specNodes = allNodes.filter(([path]) => path.includes('.spec'));
const pathsOf = (found: [string, Schema][]) => found.map(([path]) => path);

describe('every schema node', () => {
  test('has a type, or says that it may be anything', () => {
    const untyped = allNodes.filter(
      ([, node]) => !node.type && !node['x-kubernetes-int-or-string'] && !node['x-kubernetes-preserve-unknown-fields'],
    );
    expect(pathsOf(untyped)).toEqual([]);
  });

  test('uses no keyword that a structural schema may not have', () => {
    const refused = ['$ref', 'const', 'patternProperties', 'definitions', 'title', 'tsType', 'oneOf'];
    expect(pathsOf(allNodes.filter(([, node]) => refused.some((keyword) => keyword in node)))).toEqual([]);
  });

  test('has fields or map values, not both', () => {
    expect(pathsOf(allNodes.filter(([, { properties, additionalProperties }]) => properties && additionalProperties))).toEqual([]);
  });
});

describe('what a user writes', () => {
  test('is bounded: texts, lists and maps', () => {
    const unbounded = specNodes.filter(([, node]) => {
      if (node.type === 'array') return node.maxItems === undefined;
      if (node.type === 'object' && node.additionalProperties) return node.maxProperties === undefined;
      return node.type === 'string' && !node.enum && node.maxLength === undefined;
    });
    expect(pathsOf(unbounded)).toEqual([]);
  });

  test('says for every form of text how it looks', () => {
    const silent = specNodes.filter(
      ([, { pattern, example, default: standard }]) => pattern && example === undefined && standard === undefined,
    );
    expect(pathsOf(silent)).toEqual([]);
  });

  test('has defaults that its own schema allows', () => {
    const object = { apiVersion: 'assay.dev/v1alpha1', kind: 'Benchmark', metadata: { name: 'a' }, spec: { sleep: {} } };
    const schema = schemaOf('Benchmark');
    schema.applyDefaults(object);
    expect(schema.validate(object)).toEqual([]);
  });

  test('is not filled in inside a template, where the matrix comes over it', () => {
    const templated = specNodes.filter(([path, node]) => path.includes('.template.spec') && node.default !== undefined);
    expect(pathsOf(templated)).toEqual([]);
  });

  test('has a limit of time in every rule: no walk over an unbounded list', () => {
    const walked = specNodes.filter(([, node]) =>
      node['x-kubernetes-validations']?.some(({ rule }) => /\.(all|exists|filter|map)\(/.test(rule)),
    );
    const unbounded = walked.filter(([, { type, maxItems, maxProperties, additionalProperties }]) =>
      type === 'array' ? maxItems === undefined : additionalProperties !== undefined && maxProperties === undefined,
    );
    expect(pathsOf(unbounded)).toEqual([]);
  });
});

test('every rule has a message of its own', () => {
  const rules = allNodes.flatMap(([, node]) => node['x-kubernetes-validations'] ?? []);
  expect(rules.filter(({ message, messageExpression }) => !message && !messageExpression)).toEqual([]);
});

test('every rule of ours refuses something in the table that a real API server is asked about too', () => {
  const blocks = Object.keys(workloads);
  const ours = allNodes.filter(([path]) => !path.split('.').some((part) => blocks.includes(part)));
  const messages = ours.flatMap(([, node]) => (node['x-kubernetes-validations'] ?? []).map(({ message }) => message));
  const refused = new Set(refusedObjects.flatMap(({ problems }) => Object.values(problems)));
  // Changes are refused by rules that need an object before; the integration test makes them.
  const unasked = messages.filter((message) => message !== undefined && !message.startsWith('may not change') && !refused.has(message));
  expect([...new Set(unasked)]).toEqual([]);
});

test('a kind is compiled once', () => {
  expect(schemaOf('Benchmark')).toBe(schemaOf('Benchmark'));
});
