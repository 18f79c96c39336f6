import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { storedDigest } from './stored.ts';

const digest = `sha256:${'a1'.repeat(32)}`;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-stored-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function link(text: string): void {
  const parent = join(folder, 'docker/registry/v2/repositories/a/b/_manifests/tags/1/current');
  mkdirSync(parent, { recursive: true });
  writeFileSync(join(parent, 'link'), text);
}

test('a tag has the digest that its link names', async () => {
  link(digest);
  await expect(storedDigest(folder, 'a/b', '1')).resolves.toBe(digest);
});

test.each([
  ['tag', 'a/b', '2'],
  ['repository', 'a/c', '1'],
])('another %s has none', async (_, repository, tag) => {
  link(digest);
  await expect(storedDigest(folder, repository, tag)).resolves.toBeUndefined();
});

test.each([
  ['empty', ''],
  ['cut', digest.slice(0, -1)],
  ['something else', 'digest'],
])('a link that is %s counts as none', async (_, text) => {
  link(text);
  await expect(storedDigest(folder, 'a/b', '1')).resolves.toBeUndefined();
});

test('a folder that is not there has none', async () => {
  await expect(storedDigest('/nowhere', 'a/b', '1')).resolves.toBeUndefined();
});
