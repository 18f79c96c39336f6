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

describe('the line is right', () => {
  const broken = nap.replace('1s', '-1');

  test.each([
    ['after line ends of Windows', broken.replaceAll('\n', '\r\n'), 7],
    ['after a byte order mark', `\uFEFF${broken}`, 7],
    ['after comments and empty lines', `# one\n\n# two\n${broken}`, 10],
    ['after a text of several lines', broken.replace('  name: nap', '  name: nap\n  annotations:\n    note: |\n      a\n\n      b'), 12],
    ['in a second document', `${nap.replace('nap', 'rest')}---\n# soon\n${broken}`, 16],
    ['in flow style on one line', broken.replace('  sleep:\n    duration: -1', '  sleep: {duration: -1}'), 6],
    ['in JSON', JSON.stringify(brokenJson(), null, 1), 9],
    ['with quoted keys', broken.replace('duration:', '"duration":'), 7],
    ['without a line end at the end', broken.trimEnd(), 7],
    ['with a tab before a comment', broken.replace('-1', '-1\t# soon'), 7],
  ])('%s', (_, text, line) => {
    expect(validateFile(text, 'net.yaml').problems.map((one) => [one.line, one.path])).toEqual([[line, 'spec.sleep.duration']]);
  });

  test('wherever the fault stands among others, each is told once and at its line', () => {
    const entry = fc.constantFrom('sound', 'fault', 'comment', 'empty');
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 8 }), (entries) => {
        const lines = [
          'apiVersion: assay.dev/v1alpha1',
          'kind: Benchmark',
          'metadata: {name: nap}',
          'spec:',
          '  sleep: {}',
          '  pod:',
          '    env:',
        ];
        const expected: string[] = [];
        lines.push('    - {name: FIRST, value: a}');
        for (const [index, kind] of entries.entries()) {
          if (kind === 'comment') lines.push('    # value: {}');
          else if (kind === 'empty') lines.push('');
          else lines.push(`    - name: A${index}`, `      value: ${kind === 'fault' ? '[]' : 'a'}`);
          if (kind === 'fault') expected.push(`net.yaml:${lines.length}`);
        }
        expect(told(lines.join('\n')).map((line) => line.split(' ', 1)[0])).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
});

function brokenJson(): object {
  return { apiVersion: 'assay.dev/v1alpha1', kind: 'Benchmark', metadata: { name: 'nap' }, spec: { sleep: { duration: -1 } } };
}

describe('names within a file', () => {
  const named = (name: string, namespace?: string) =>
    nap.replace('  name: nap', `  name: ${name}${namespace === undefined ? '' : `\n  namespace: ${namespace}`}`);

  test.each<[string, string[], number[]]>([
    ['are free for a set and a benchmark', [nap, set('["1s"]').replace('naps', 'nap')], []],
    ['that are generated do not clash', [nap, nap].map((text) => text.replace('name: nap', 'generateName: nap-')), []],
    ['are told from the third on as well, all against the first', [nap, nap, nap], [12, 20]],
    ['of one namespace clash', [named('nap', 'b'), named('nap', 'b')], [13]],
    ['of an object that is refused are taken too', [nap.replace('1s', '-1'), nap], [7, 12]],
  ])('%s', (_, texts, lines) => {
    expect(validateFile(texts.join('---\n'), 'net.yaml').problems.map(({ line }) => line)).toEqual(lines);
  });
});

describe('words that kubectl reads otherwise', () => {
  test.each([
    ['as a value', nap.replace('1s', 'on'), 7],
    ['as a key', nap.replace('duration', 'off'), 7],
    ['as an item', `${nap}  pod: {imagePullSecrets: [no]}\n`, 8],
  ])('are told %s, before anything else', (_, text, line) => {
    expect(validateFile(text, 'net.yaml').problems).toEqual([
      expect.objectContaining({ line, path: '', message: expect.stringContaining('means something else to kubectl') as unknown }),
    ]);
  });
});

describe('hostile text', () => {
  test('too large', () => {
    expect(told(`#${'x'.repeat(4 * 2 ** 20)}`)).toEqual(['net.yaml:1 : cannot be read as YAML: it is larger than 4 MiB; split it']);
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
