import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { validateFile } from './manifest.ts';

const told = (text: string) =>
  validateFile(text, 'net.yaml').problems.map(({ file, line, path, message }) => `${file}:${line} ${path}: ${message}`);

const nap = `apiVersion: assay.dev/v1alpha1
kind: Benchmark
metadata:
  name: nap
spec:
  sleep:
    duration: 1s
`;

describe('a sound file', () => {
  test('gives its objects as they are written', () => {
    const { objects, problems } = validateFile(`${nap}---\n${nap.replace('nap', 'rest')}`, 'net.yaml');
    expect(problems).toEqual([]);
    expect(objects.map(({ metadata, spec }) => [metadata.name, spec])).toEqual([
      ['nap', { sleep: { duration: '1s' } }],
      ['rest', { sleep: { duration: '1s' } }],
    ]);
  });

  test.each([
    ['empty documents', `---\n---\n${nap}---\n# the end\n`],
    ['JSON', '{"apiVersion": "assay.dev/v1alpha1", "kind": "Benchmark", "metadata": {"name": "nap"}, "spec": {"sleep": {}}}'],
    ['names that are the same in two namespaces', `${nap}---\n${nap.replace('name: nap', 'name: nap\n  namespace: b')}`],
  ])('may have %s', (_, text) => {
    expect(told(text)).toEqual([]);
  });
});

describe('problems have file, line, path and what is allowed', () => {
  test.each([
    ['a value', nap.replace('1s', '-1'), ['net.yaml:7 spec.sleep.duration: -1 is not allowed; like 1s']],
    [
      'an unknown field',
      nap.replace('duration', 'durations'),
      ['net.yaml:7 spec.sleep.durations: unknown field; did you mean "duration"?'],
    ],
    [
      'a missing field, at what should hold it',
      nap.replace('spec:\n  sleep:\n    duration: 1s\n', ''),
      ['net.yaml:1 spec: is missing; an object'],
    ],
    ['another kind', nap.replace('Benchmark', 'Pod'), ['net.yaml:2 kind: "Pod" is not allowed; Benchmark or BenchmarkSet']],
    ['another version', nap.replace('v1alpha1', 'v2'), ['net.yaml:1 apiVersion: "assay.dev/v2" is not allowed; assay.dev/v1alpha1']],
    ['an alias of nothing', 'a: *x\n', ['net.yaml:1 : cannot be read: Unresolved alias (the anchor must be set before the alias): x']],
    ['no object', '- a\n- b\n', ['net.yaml:1 : is no object; it begins with apiVersion: assay.dev/v1alpha1']],
    ['nothing at all', '# soon\n', ['net.yaml:1 : holds no Benchmark or BenchmarkSet']],
    ['a key twice', `${nap}    duration: 2s\n`, ['net.yaml:8 : Map keys must be unique']],
    ['a name twice', `${nap}---\n${nap}`, ['net.yaml:12 metadata.name: nap is already the Benchmark of line 1; choose another name']],
    [
      'a value of a matrix',
      set('["1s", "2x"]'),
      ['net.yaml:11 spec.matrix.product[sleep.duration][1]: "2x" is not allowed; like 1s (cell 1: sleep.duration "2x")'],
    ],
  ])('%s', (_, text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  test('all of them at once, in the order of the file', () => {
    const text = `${nap.replace('1s', '1x')}  retries: 99\n---\n${nap.replace('name: nap', 'name: Nap')}---\nkind: [\n`;
    expect(told(text).map((line) => line.split(':', 2).join(':'))).toEqual([
      'net.yaml:7 spec.sleep.duration',
      'net.yaml:8 spec.retries',
      'net.yaml:13 metadata.name',
      'net.yaml:19 ',
    ]);
  });

  test('the value is told beside the words', () => {
    expect(validateFile(nap.replace('1s', '-1'), 'net.yaml').problems).toEqual([expect.objectContaining({ value: -1 })]);
  });

  test('an object with problems is left out, the others are there', () => {
    const { objects } = validateFile(`${nap}---\n${nap.replace('name: nap', 'name: Nap')}`, 'net.yaml');
    expect(objects.map(({ metadata }) => metadata.name)).toEqual(['nap']);
  });
});

function set(values: string): string {
  return `apiVersion: assay.dev/v1alpha1
kind: BenchmarkSet
metadata:
  name: naps
spec:
  template:
    spec:
      sleep: {}
  matrix:
    product:
      sleep.duration: ${values}
`;
}

describe('hostile text', () => {
  test('too large', () => {
    expect(told(`#${'x'.repeat(4 * 2 ** 20)}`)).toEqual(['net.yaml:1 : is larger than 4 MiB; split it']);
  });

  test('an alias of what it stands in', () => {
    expect(told('a: &a [*a]')).not.toEqual([]);
  });

  test('nested too deeply for a parser', () => {
    expect(validateFile('['.repeat(200_000), 'net.yaml').problems.length).toBeGreaterThan(0);
  });

  test('no text makes it throw, and a text without objects has problems', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom(...nap.split('\n'), '---', '\n', '  ', '- ', '&a', '*a', '{', '[', '!!set', '__proto__: {a: 1}'),
        fc.string(),
      ),
    );
    fc.assert(
      fc.property(pieces, (lines) => {
        const { objects, problems } = validateFile(lines.join('\n'), 'net.yaml');
        expect(objects.length + problems.length).toBeGreaterThan(0);
      }),
    );
  });
});

const examples = join(import.meta.dirname, '../../examples');

test.each(readdirSync(examples).filter((file) => file.endsWith('.yaml')))('examples/%s is valid', (file) => {
  expect(validateFile(readFileSync(join(examples, file), 'utf8'), file).problems).toEqual([]);
});
