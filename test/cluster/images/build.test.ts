import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { buildImage, steps } from './build.ts';
import type { Build, Buildah } from './buildah.ts';
import { version } from './images.ts';
import type { Recipe } from './recipes.ts';

let scratch: string;
let built: Build[];
let seen: boolean[];

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'assay-build-'));
  built = [];
  seen = [];
});
afterEach(() => {
  rmSync(scratch, { recursive: true });
});

/** A storage that holds images by reference -> key. */
function storage(keys: Record<string, string>): Buildah {
  return {
    async build(build) {
      built.push(build);
      seen.push(existsSync(join(build.context, 'made')));
      keys[build.reference] = build.labels['dev.assay.inputs'] ?? '';
    },
    label: async (reference) => keys[reference] ?? '',
    push: async () => '',
  };
}

async function prepare(folder: string) {
  writeFileSync(join(folder, 'made'), '');
  return { context: folder, dockerfile: 'Dockerfile', secrets: { npmrc: join(folder, 'made') } };
}

function recipe(reference: string, key: string, base?: Recipe): Recipe {
  return { reference, key, seconds: 1, prepare, ...(base && { base }) };
}

const base = recipe('base', 'k1');
const step = steps(() => {});

test.each([
  ['nothing is there', {}, ['base', 'image']],
  ['the base is there', { base: 'k1' }, ['image']],
  ['another base is there', { base: 'k0' }, ['base', 'image']],
  ['the image is there', { image: 'k2' }, []],
  ['the image of other inputs is there', { base: 'k1', image: 'k0' }, ['image']],
])('what is built when %s', async (_, keys, references) => {
  await buildImage(recipe('image', 'k2', base), storage(keys), scratch, step);
  expect(built.map(({ reference }) => reference)).toEqual(references);
});

test('an image carries its inputs and its version, and the build sees what was prepared', async () => {
  await buildImage(base, storage({}), scratch, step);
  expect(built[0]).toMatchObject({
    labels: { 'dev.assay.inputs': 'k1', 'org.opencontainers.image.version': version },
    secrets: { npmrc: join(scratch, 'context', 'made') },
  });
  expect(seen).toEqual([true]);
});

test('what was prepared, secrets among it, is gone after the build', async () => {
  await buildImage(base, storage({}), scratch, step);
  expect(existsSync(join(scratch, 'context'))).toBe(false);
});

test('what was prepared is gone after a build that failed', async () => {
  const failing: Buildah = { ...storage({}), build: () => Promise.reject(new Error('no')) };
  await expect(buildImage(base, failing, scratch, step)).rejects.toThrow('no');
  expect(existsSync(join(scratch, 'context'))).toBe(false);
});

test('a step is said before and after, with its seconds', async () => {
  const lines: string[] = [];
  await expect(steps((line) => lines.push(line))('x: building', async () => 1)).resolves.toBe(1);
  expect(lines).toEqual(['x: building ...', expect.stringMatching(/^x: building: done in \d+\.\d s$/)]);
});

test('a step that fails is not said to be done', async () => {
  const lines: string[] = [];
  await expect(steps((line) => lines.push(line))('x', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(lines).toEqual(['x ...']);
});
