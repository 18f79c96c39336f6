import { expect, test } from '@jest/globals';
import { workloads } from '../../runners/registry.ts';
import { definitionOf } from './crds.ts';
import { pathText, type Schema } from './structural/schema.ts';
import { validateBenchmark } from './validate.ts';

// Of every text that a user may write into a Benchmark: what could end a line, a string or a list of arguments, or begin an option.
const hostile = ['x\nprivileged: true', '"}],"hostNetwork":true,"', "x' exec_prerun=id #", '--privileged', '$(id); `id`'];

/** Values that Kubernetes takes as they are: they become the same value of the same field of a pod, as pod-object.test.ts holds. */
const values =
  /^(placement\.(affinity|tolerations)\b.*|(pod|roles\.sleeper\.pod)\.(env\[0\]\.value|annotations\.sleeper|volumes\[0\]\.subPath|securityContext\.seccompProfile\.localhostProfile))$/;

/** Paths of all texts below a schema that are no choice from a list; a map has the key `sleeper`, which is a role as well, a list one item. */
function texts(schema: Schema, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  const { properties = {}, additionalProperties, items } = schema;
  const inner = [
    ...Object.entries(properties).flatMap(([name, child]) => texts(child, [...path, name])),
    ...(typeof additionalProperties === 'object' ? texts(additionalProperties, [...path, 'sleeper']) : []),
    ...(items ? texts(items, [...path, 0]) : []),
  ];
  const isText = schema.type === 'string' || schema['x-kubernetes-int-or-string'] === true;
  return isText && !schema.enum ? [path, ...inner] : inner;
}

function holding(path: readonly (string | number)[], value: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  return typeof first === 'number' ? [holding(rest, value)] : { [first]: holding(rest, value) };
}

/** Whether a Benchmark with this text there would be taken, were the rest of it right. */
function takes(path: readonly (string | number)[], text: string): boolean {
  const [block = ''] = path;
  const spec = { ...(block in workloads ? {} : { sleep: {} }), ...(holding(path, text) as object) };
  const object = { apiVersion: 'assay.dev/v1alpha1', kind: 'Benchmark', metadata: { name: 'a' }, spec };
  const own = pathText(['spec', ...path]);
  return !validateBenchmark(object).some(
    (problem) => problem.path === own || own.startsWith(`${problem.path}.`) || own.startsWith(`${problem.path}[`),
  );
}

test('KP-34 hostile text is refused in every field that is no value of a pod', () => {
  const spec = definitionOf('Benchmark').spec.versions[0]?.schema.openAPIV3Schema.properties?.spec ?? {};
  const all = texts(spec);
  const taking = all.filter((path) => hostile.some((text) => takes(path, text))).map(pathText);
  expect(taking.filter((path) => !values.test(path))).toEqual([]);
  // What is not looked at cannot fail: most fields are no such values.
  expect([all.length > 100, taking.length > 10, taking.length < all.length / 2]).toEqual([true, true, true]);
});
