import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { onPath } from './on-path.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-path-'));
  await writeFile(join(folder, 'tool'), '');
  await chmod(join(folder, 'tool'), 0o755);
  await writeFile(join(folder, 'text'), '');
  await chmod(join(folder, 'text'), 0o644);
});

afterAll(() => rm(folder, { recursive: true }));

test('a program is found in the first folder that has it', () => {
  expect(onPath('tool', `/never:${folder}:/usr/bin`)).toBe(join(folder, 'tool'));
});

test.each(['text', 'absent'])('%s cannot be run', (name) => {
  expect(onPath(name, folder)).toBeUndefined();
});

test('an absolute path needs no PATH', () => {
  expect(onPath(join(folder, 'tool'), '')).toBe(join(folder, 'tool'));
  expect(onPath(join(folder, 'absent'), folder)).toBeUndefined();
});
