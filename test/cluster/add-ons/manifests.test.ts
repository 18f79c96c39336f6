import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { objectsAt } from './manifests.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-manifests-'));
  await writeFile(join(folder, 'b.yaml'), '---\nkind: B\n');
  await writeFile(join(folder, 'a.yaml'), '---\nkind: A\n---\n# nothing\n---\nkind: C\n');
});

afterAll(() => rm(folder, { recursive: true }));

test('a file has as many objects as it has documents that say anything', async () => {
  expect(await objectsAt(join(folder, 'a.yaml'))).toEqual([{ kind: 'A' }, { kind: 'C' }]);
});

test('a folder has those of its files, by name', async () => {
  expect(await objectsAt(folder)).toEqual([{ kind: 'A' }, { kind: 'C' }, { kind: 'B' }]);
});
