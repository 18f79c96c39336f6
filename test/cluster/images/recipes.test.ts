import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { sourcesOf } from './dockerfile.ts';
import { debianImage, images, nodeImage, pauseImage } from './images.ts';
import { debianRecipe, nodeRecipe, pauseRecipe, projectRecipes } from './recipes.ts';

const mirrors = { main: 'http://m', security: 'http://s' };
const debian = await debianRecipe(mirrors);
const node = await nodeRecipe(debian, '/bin/node', 'v24.0.0');

test('the same inputs have the same key', async () => {
  expect((await debianRecipe({ ...mirrors })).key).toBe(debian.key);
});

test.each([
  ['Debian of another mirror', () => debianRecipe({ ...mirrors, main: 'http://other' }), debian.key],
  ['Node of another release', () => nodeRecipe(debian, '/bin/node', 'v24.0.1'), node.key],
  ['Node on another Debian', () => nodeRecipe({ ...debian, key: 'other' }, '/bin/node', 'v24.0.0'), node.key],
])('%s has another key', async (_, other, key) => {
  expect((await other()).key).not.toBe(key);
});

test('pause has the key of the program that it holds', async () => {
  const keys = await Promise.all(
    ['/p/pause-1/bin/pause', '/q/pause-1/bin/pause', '/p/pause-2/bin/pause'].map(async (path) => (await pauseRecipe(path)).key),
  );
  expect(keys[0]).toBe(keys[1]);
  expect(keys[2]).not.toBe(keys[0]);
});

test('bases go by the names that the Dockerfiles use', async () => {
  expect([debian.reference, node.reference, (await pauseRecipe('/p/pause-1/bin/pause')).reference]).toEqual([
    debianImage,
    nodeImage,
    pauseImage,
  ]);
  expect(node.base).toBe(debian);
});

test('each image of the project starts from Node, and changes with it', async () => {
  const [recipes, others] = [await projectRecipes(node), await projectRecipes({ ...node, key: 'other' })];
  expect(recipes.map(({ reference, base }) => [reference, base])).toEqual(images.map(({ reference }) => [reference, node]));
  expect(recipes.filter(({ key }, index) => key === others[index]?.key)).toEqual([]);
});

test('what pause needs is laid beside its Dockerfile', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-recipe-'));
  writeFileSync(join(folder, 'program'), 'binary');
  const { context, dockerfile } = await (await pauseRecipe(join(folder, 'program'))).prepare(folder);
  const { copies } = sourcesOf(readFileSync(join(context, dockerfile), 'utf8'));
  expect(readdirSync(context)).toEqual(expect.arrayContaining([...copies]));
  rmSync(folder, { recursive: true });
});
