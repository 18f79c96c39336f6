import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { copyInputs, inputsKey, inputsOf } from './inputs.ts';

const bases = { 'r/base:1': 'k1' };
let context: string;
let before: string;

beforeEach(async () => {
  context = mkdtempSync(join(tmpdir(), 'assay-inputs-'));
  write('Dockerfile', 'FROM r/base:1\nCOPY a b ./\n');
  write('.dockerignore', '**/*.test.ts\n');
  write('a', 'text');
  write('b/c/d.ts', 'code');
  write('other', 'text');
  before = await key();
});
afterEach(() => {
  rmSync(context, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(context, path)), { recursive: true });
  writeFileSync(join(context, path), text);
}

async function key(from: Readonly<Record<string, string>> = bases, args: string[] = []): Promise<string> {
  return inputsKey(await inputsOf(context, 'Dockerfile'), from, args);
}

test.each([
  ['a copied file', 'a', true],
  ['a file in a copied folder', 'b/c/d.ts', true],
  ['a new file in a copied folder', 'b/e', true],
  ['a file that is not copied', 'other', false],
  ['a file that is left out', 'b/c/d.test.ts', false],
])('%s: changes the key: %s %p', async (_, path, changes) => {
  write(path, 'changed');
  expect((await key()) !== before).toBe(changes);
});

test('the Dockerfile changes the key', async () => {
  write('Dockerfile', 'FROM r/base:1\nCOPY a b ./\nUSER 1\n');
  expect(await key()).not.toBe(before);
});

test('two Dockerfiles among the same files have two keys', async () => {
  for (const path of ['Dockerfile', 'b/Dockerfile']) write(path, 'FROM r/base:1\nCOPY Dockerfile b ./\n');
  const other = await inputsKey(await inputsOf(context, 'b/Dockerfile'), bases, []);
  expect(other).not.toBe(await key());
});

test('another base changes the key', async () => {
  expect(await key({ 'r/base:1': 'k2' })).not.toBe(before);
});

test('arguments of the build change the key', async () => {
  expect(await key(bases, ['1.0'])).not.toBe(before);
});

test('a file that moves changes the key', async () => {
  rmSync(join(context, 'b/c/d.ts'));
  write('b/c/e.ts', 'code');
  expect(await key()).not.toBe(before);
});

test('the same content has the same key in any folder', async () => {
  const first = context;
  context = mkdtempSync(join(tmpdir(), 'assay-inputs-'));
  for (const [path, text] of Object.entries({ a: 'text', 'b/c/d.ts': 'code', Dockerfile: 'FROM r/base:1\nCOPY a b ./\n' }))
    write(path, text);
  expect(await key()).toBe(before);
  rmSync(first, { recursive: true });
});

test('a path that is not there is named with its Dockerfile', async () => {
  rmSync(join(context, 'a'));
  await expect(key()).rejects.toThrow('Dockerfile: it copies a, which is not there');
});

test('a base that nobody makes is named', async () => {
  await expect(key({ 'r/other:1': 'k' })).rejects.toThrow('Dockerfile: no base r/base:1 is made here; there are r/other:1');
});

test('a copy has the same key, and nothing that the Dockerfile does not copy', async () => {
  write('b/c/d.test.ts', 'test');
  const copy = await copyInputs(await inputsOf(context, 'Dockerfile'), join(context, 'copy'));
  expect(await inputsKey(copy, bases, [])).toBe(before);
  const held = readdirSync(copy.context, { recursive: true, encoding: 'utf8' });
  expect(held.toSorted()).toEqual(['Dockerfile', 'a', 'b', 'b/c', 'b/c/d.ts']);
});
