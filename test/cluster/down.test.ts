import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { takeDown } from './down.ts';
import { layout } from './layout.ts';
import type { Layout } from './layout.ts';
import { leftovers } from './leftovers.ts';
import { launch, records } from './processes/service.ts';

// Clusters that have folders and processes, but nothing that only root may make.
let root: string;
let cluster: Layout;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'assay-down-'));
  cluster = { ...layout('never-brought-up'), folder: join(root, 'state'), data: join(root, 'data') };
});

afterEach(() => rm(root, { recursive: true, force: true }));

const left = () => leftovers(cluster, new Set());

async function withService(): Promise<void> {
  const services = join(cluster.folder, 'services');
  await mkdir(services, { recursive: true });
  // Ignores being asked, as a program in trouble does.
  const argv = [process.execPath, '--eval', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'];
  await launch(services, { name: 'stubborn', argv, log: join(cluster.folder, 'log') });
}

test('of a cluster that is not there nothing is left, and it can be taken down', async () => {
  expect(await left()).toEqual([]);
  await takeDown(cluster);
});

test('folders and processes are named as left', async () => {
  await withService();
  await mkdir(cluster.data);
  const pid = records(join(cluster.folder, 'services'))[0]?.process.pid;
  expect(await left()).toEqual([
    expect.stringMatching(new RegExp(`^process ${pid} \\(.*node --eval process\\.on`)),
    `folder ${cluster.folder}`,
    `folder ${cluster.data}`,
  ]);
  await takeDown(cluster);
});

test('taken down, nothing is left; twice is as good as once', async () => {
  await withService();
  await mkdir(join(cluster.data, 'etcd'), { recursive: true });
  await takeDown(cluster);
  expect(await left()).toEqual([]);
  await takeDown(cluster);
});

test('a half made cluster is taken down, too', async () => {
  await mkdir(cluster.folder, { recursive: true });
  await takeDown(cluster);
  expect(await left()).toEqual([]);
});
