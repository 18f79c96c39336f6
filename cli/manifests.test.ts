import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { UsageError } from './exit.ts';
import { readManifests } from './manifests.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'manifests-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const nap = (name: string, { kind = 'Benchmark', spec = 'sleep: {duration: 1s}', namespace = '' } = {}) =>
  `apiVersion: assay.dev/v1alpha1\nkind: ${kind}\nmetadata: {name: ${name}${namespace && `, namespace: ${namespace}`}}\nspec: {${spec}}\n`;
const set = (name: string) => nap(name, { kind: 'BenchmarkSet', spec: 'template: {spec: {sleep: {duration: 1s}}}' });

/** Writes a file below the test's folder. @returns its path */
function file(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** What is said of the files, with their folder left out. */
function refusal(...paths: string[]): string[] {
  try {
    readManifests(paths);
  } catch (error) {
    if (error instanceof UsageError) return error.message.replaceAll(`${folder}/`, '').split('\n');
    throw error;
  }
  return [];
}

const names = (...paths: string[]) => readManifests(paths).map(({ metadata }) => metadata.name);

describe('what is read', () => {
  test('all documents of all files in their order', () => {
    expect(names(file('b.yaml', `${nap('one')}---\n${nap('two')}`), file('a.yaml', nap('three')))).toEqual(['one', 'two', 'three']);
  });

  test('JSON', () => {
    const object = { apiVersion: 'assay.dev/v1alpha1', kind: 'Benchmark', metadata: { name: 'nap' }, spec: { sleep: { duration: '1s' } } };
    expect(names(file('nap.json', JSON.stringify(object)))).toEqual(['nap']);
  });

  test('manifests of a folder by name, and nothing else in it', () => {
    file('in/b.yml', nap('b'));
    file('in/a.yaml', nap('a'));
    file('in/README.md', 'no manifest');
    file('in/deeper/c.yaml', nap('c'));
    expect(names(join(folder, 'in'))).toEqual(['a', 'b']);
  });

  test('a file that is named twice once', () => {
    const path = file('nap.yaml', nap('nap'));
    expect(names(path, path)).toEqual(['nap']);
  });
});

describe('what is refused', () => {
  test.each([
    ['a missing file', [], 'nowhere.yaml: no such file'],
    ['a folder without manifests', [['empty/notes.txt', '']], 'empty: the folder holds no .yaml, .yml or .json file'],
    ['a file below a file', [['flat.yaml', nap('nap')]], 'flat.yaml/x.yaml: cannot be read: ENOTDIR'],
  ] as [string, [string, string][], string][])('%s', (_, written, message) => {
    for (const [name, text] of written) file(name, text);
    const path = message.slice(0, message.indexOf(':'));
    expect(refusal(join(folder, path))[0]).toContain(message);
  });

  test('every problem of every file, each with its place', () => {
    const bad = file('bad.yaml', nap('nap', { spec: 'sleep: {duration: 1s, depth: 3}' }));
    const worse = file('worse.yaml', nap('Nap', { spec: 'sleep: {duration: soon}' }));
    expect(refusal(bad, worse).map((line) => line.split(': ')[0])).toEqual([
      'bad.yaml:4 spec.sleep.depth',
      'worse.yaml:3 metadata.name',
      'worse.yaml:4 spec.sleep.duration',
    ]);
  });

  test('a value cannot reach the terminal raw', () => {
    expect(refusal(file('bad.yaml', nap('"a\\e[2J"'))).join('')).not.toContain('\u001b');
  });
});

describe('objects in each other’s way', () => {
  test('the same one in two files', () => {
    expect(refusal(file('a.yaml', nap('nap')), file('b.yaml', nap('nap')))).toEqual([
      'b.yaml: Benchmark nap is already in a.yaml; choose another name',
    ]);
  });

  test('two kinds whose results would have one name', () => {
    expect(refusal(file('a.yaml', `${nap('net')}---\n${set('net')}`))).toEqual([
      'a.yaml: BenchmarkSet net and Benchmark net of a.yaml would both write their results to ConfigMap net-results; choose another name',
    ]);
  });

  test('other namespaces are no matter', () => {
    expect(refusal(file('a.yaml', nap('nap', { namespace: 'a' })), file('b.yaml', nap('nap', { namespace: 'b' })))).toEqual([]);
  });
});
