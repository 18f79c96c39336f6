import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { netnsFolder, networks } from './layout.ts';
import type { Layout } from './layout.ts';
import { cgroupFolders, cgroupProcesses } from './node/cgroup.ts';
import { describe } from './processes/describe.ts';
import { alive, identify } from './processes/identity.ts';
import { holdNamespaces, processesIn } from './processes/namespaces.ts';
import type { HeldNamespaces } from './processes/namespaces.ts';
import { records } from './processes/service.ts';

/** Everything of a cluster that is there, one line each; none for a cluster that is not. */
export async function leftovers(layout: Layout, namespaces: ReadonlySet<string>): Promise<string[]> {
  const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n');
  return [
    ...(await processesOf(layout, namespaces)).map((pid) => `process ${describe(pid)}`),
    ...networks(layout)
      .filter((name) => existsSync(join(netnsFolder, name)))
      .map((name) => `network namespace ${name}`),
    ...mounts
      .map((line) => line.split(' ')[1] ?? '')
      .filter((path) => isOf(layout, path))
      .map((path) => `mount ${path}`),
    ...layout.nodes.flatMap(({ cgroup }) => cgroupFolders(cgroup)).map((folder) => `cgroup ${folder}`),
    ...[layout.folder, layout.data].filter((folder) => existsSync(folder)).map((folder) => `folder ${folder}`),
  ];
}

/** Services by their records, and whoever is in the cluster's namespaces and cgroups besides: shims, containers, `cluster run`. */
export async function processesOf(layout: Layout, namespaces: ReadonlySet<string>): Promise<number[]> {
  const folder = join(layout.folder, 'services');
  const recorded = existsSync(folder) ? records(folder).map((record) => record.process) : [];
  const services = recorded.filter(alive).map(({ pid }) => pid);
  const contained = await Promise.all(layout.nodes.map(({ cgroup }) => cgroupProcesses(cgroup)));
  const found = new Set([...services, ...contained.flat(), ...processesIn(namespaces)]);
  return [...found].filter((pid) => identify(pid) !== undefined);
}

/** Those of a cluster's namespaces that are there. */
export function holdNamespacesOf(layout: Layout): HeldNamespaces {
  return holdNamespaces([
    ...networks(layout).map((name) => ({ kind: 'net', path: join(netnsFolder, name) }) as const),
    ...layout.nodes.map(({ mountNamespace }) => ({ kind: 'mnt', path: mountNamespace }) as const),
    ...layout.nodes.map(({ utsNamespace }) => ({ kind: 'uts', path: utsNamespace }) as const),
  ]);
}

function isOf({ folder, data }: Layout, path: string): boolean {
  return [folder, data].some((root) => path === root || path.startsWith(`${root}/`));
}
