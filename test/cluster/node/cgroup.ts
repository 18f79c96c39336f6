import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, readdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hierarchies, trackingHierarchy } from './hierarchies.ts';
import type { Hierarchy } from './hierarchies.ts';

const removeWithin = 10_000;
// Without those that the kubelet knows (all but io) it takes a cgroup of version 2 for missing.
const controllersOfPods = ['cpu', 'cpuset', 'memory', 'hugetlb', 'pids', 'io'];

/** Makes a node's cgroup in every hierarchy. */
export async function createCgroup(name: string): Promise<void> {
  const all = mounted();
  for (const { folder, version, controllers } of all) {
    if (version === 2 && folder === '/sys/fs/cgroup') await delegate(folder);
    await mkdir(join(folder, name));
    // A cpuset is empty at first, and an empty one takes no process.
    if (controllers.includes('cpuset')) {
      for (const file of ['cpuset.cpus', 'cpuset.mems']) await writeFile(join(folder, name, file), await readFile(join(folder, file)));
    }
  }
  await mkdir(systemFolder(name));
}

/** Puts a process of a node into the node's cgroup; what it starts is there, too. */
export async function enterCgroup(name: string, pid: number): Promise<void> {
  await writeFile(join(systemFolder(name), 'cgroup.procs'), String(pid));
}

/** Every process of a node, containers included. */
export async function cgroupProcesses(name: string): Promise<number[]> {
  const pids = await Promise.all(
    cgroupFolders(name).map(async (root) => {
      const folders = await descendants(root);
      return Promise.all(folders.map((folder) => readFile(join(folder, 'cgroup.procs'), 'utf8').catch(() => '')));
    }),
  );
  return [
    ...new Set(
      pids
        .flat()
        .flatMap((text) => text.split('\n').filter(Boolean))
        .map(Number),
    ),
  ];
}

/** Removes a node's cgroup, empty of processes, from every hierarchy. @throws if it is not gone after 10 s */
export async function removeCgroup(name: string): Promise<void> {
  const deadline = Date.now() + removeWithin;
  for (const root of cgroupFolders(name)) {
    for (const folder of (await descendants(root)).toReversed()) {
      // A process that has just ended holds its cgroup a moment longer.
      while (existsSync(folder) && !(await removed(folder)) && Date.now() < deadline) await sleep(50);
    }
  }
  const left = cgroupFolders(name);
  if (left.length > 0) throw new Error(`cgroups could not be removed: ${left.join(', ')}`);
}

/** The folders of a node's cgroup that exist. */
export function cgroupFolders(name: string): string[] {
  return mounted()
    .map(({ folder }) => join(folder, name))
    .filter((folder) => existsSync(folder));
}

function mounted(): Hierarchy[] {
  return hierarchies(readFileSync('/proc/self/mounts', 'utf8'));
}

function systemFolder(name: string): string {
  return join(trackingHierarchy(mounted()).folder, name, 'system');
}

/** Version 2 gives a cgroup the controllers that its parent hands on. */
async function delegate(folder: string): Promise<void> {
  const available = (await readFile(join(folder, 'cgroup.controllers'), 'utf8')).trim().split(' ');
  const wanted = controllersOfPods.filter((controller) => available.includes(controller)).map((controller) => `+${controller}`);
  await writeFile(join(folder, 'cgroup.subtree_control'), wanted.join(' '));
}

/** A folder and all below it, parents first. */
async function descendants(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const below = await Promise.all(entries.filter((entry) => entry.isDirectory()).map((entry) => descendants(join(folder, entry.name))));
  return [folder, ...below.flat()];
}

async function removed(folder: string): Promise<boolean> {
  try {
    await rmdir(folder);
    return true;
  } catch {
    return false;
  }
}
