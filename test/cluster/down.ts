import { existsSync, readFileSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dataRoot, netnsFolder, networks, stateRoot } from './layout.ts';
import type { Layout } from './layout.ts';
import { holdNamespacesOf, leftovers, processesOf } from './leftovers.ts';
import { removeCgroup } from './node/cgroup.ts';
import { command } from './processes/command.ts';
import { ancestry, identify, send } from './processes/identity.ts';
import { processesIn } from './processes/namespaces.ts';
import { describe } from './processes/describe.ts';

const endWithin = 20_000;

/**
 * Ends a cluster, whole or half made, and removes everything of it. Does nothing where there is none.
 * @throws with what is left, if anything is
 */
export async function takeDown(layout: Layout): Promise<void> {
  const held = holdNamespacesOf(layout);
  try {
    const inside = processesIn(held.names).filter((pid) => ancestry().includes(pid));
    if (inside.length > 0) throw new Error(`this command runs inside of the cluster ${layout.name}, which it is to end: leave it first`);
    await endProcesses(layout, held.names);
    await removeNetworks(layout);
    await removeMounts(layout);
    for (const { cgroup } of layout.nodes) await removeCgroup(cgroup);
    await removeFolders(layout);
    const left = await leftovers(layout, held.names);
    if (left.length > 0) throw new Error(`the cluster ${layout.name} is down, but this is left of it:\n  ${left.join('\n  ')}`);
  } finally {
    held.release();
  }
}

/** Kills until nobody is there: a process that is being started may be missed once. */
async function endProcesses(layout: Layout, namespaces: ReadonlySet<string>): Promise<void> {
  const deadline = Date.now() + endWithin;
  for (;;) {
    const pids = await processesOf(layout, namespaces);
    if (pids.length === 0) return;
    if (Date.now() > deadline) {
      throw new Error(`still there ${endWithin / 1000} s after SIGKILL:\n  ${pids.map(describe).join('\n  ')}`);
    }
    for (const pid of pids) {
      const identity = identify(pid);
      if (identity) send(identity, 'SIGKILL');
    }
    await sleep(50);
  }
}

async function removeNetworks(layout: Layout): Promise<void> {
  for (const name of networks(layout)) if (existsSync(join(netnsFolder, name))) await command(['ip', 'netns', 'delete', name]);
  await removeNetnsFolder();
}

/** `ip` makes the folder of namespaces a mount of its own and never takes it away. If it is not empty, or not any more, it is somebody's. */
async function removeNetnsFolder(): Promise<void> {
  if (!existsSync(netnsFolder) || (await readdir(netnsFolder)).length > 0) return;
  try {
    while (mounted(netnsFolder)) await command(['umount', netnsFolder]);
    await rmdir(netnsFolder);
  } catch (error) {
    if (existsSync(netnsFolder) && (await readdir(netnsFolder)).length === 0) throw error;
  }
}

async function removeMounts({ nodes, folder }: Layout): Promise<void> {
  for (const file of [...nodes.flatMap(({ mountNamespace, utsNamespace }) => [mountNamespace, utsNamespace]), join(folder, 'namespaces')]) {
    // Lazily: the files are held, and anybody may be looking at one.
    while (mounted(file)) await command(['umount', '--lazy', file]);
  }
}

async function removeFolders({ folder, data }: Layout): Promise<void> {
  for (const path of [data, folder]) {
    await rm(path, { recursive: true, force: true, maxRetries: 5 });
    // Of the last cluster the folder of all clusters goes, too.
    if ([stateRoot, dataRoot].includes(dirname(path)) && existsSync(dirname(path))) await rmdir(dirname(path)).catch(() => undefined);
  }
}

function mounted(path: string): boolean {
  return readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .some((line) => line.split(' ')[1] === path);
}
