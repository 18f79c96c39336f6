import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { layout } from './layout.ts';
import type { Layout } from './layout.ts';
import { claim, mark, stageOf } from './marker.ts';
import { identify } from './processes/identity.ts';

let root: string;
let cluster: Layout;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'assay-marker-'));
  cluster = { ...layout('assay'), folder: join(root, 'state', 'assay') };
});

afterEach(() => rm(root, { recursive: true }));

test('a cluster that nobody made is absent', () => {
  expect(stageOf(cluster)).toEqual({ stage: 'absent' });
});

test('a claimed cluster is starting while its process lives', async () => {
  await claim(cluster);
  expect(stageOf(cluster)).toEqual({ stage: 'starting', by: process.pid });
});

test('a name can be claimed once', async () => {
  const claims = await Promise.allSettled([claim(cluster), claim(cluster), claim(cluster)]);
  expect(claims.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect(claim(cluster)).rejects.toThrow('another command brings up or takes down a cluster');
});

test.each([[[]], [['volcano', 'multus']]])('a finished cluster is up, whoever made it, with %j', async (addOns) => {
  await claim(cluster);
  mark(cluster, true, addOns);
  expect(stageOf(cluster)).toEqual({ stage: 'up', addOns, since: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) });
});

test('a start whose process is gone is broken', async () => {
  await claim(cluster);
  const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  const by = identify(child.pid ?? 0);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const path = join(cluster.folder, 'state.json');
  await writeFile(path, JSON.stringify({ ...(JSON.parse(await readFile(path, 'utf8')) as object), by }));
  expect(stageOf(cluster)).toEqual({ stage: 'broken' });
});

test('a folder without a marker is broken', async () => {
  await claim(cluster);
  await rm(join(cluster.folder, 'state.json'));
  expect(stageOf(cluster)).toEqual({ stage: 'broken' });
});
