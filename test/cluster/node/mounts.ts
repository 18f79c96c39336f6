import { dirname } from 'node:path';
import { netnsFolder, onMachine } from '../layout.ts';
import type { NodeLayout } from '../layout.ts';

// What a kubelet wants to set for the whole machine: it finds its values there already, and the machine keeps its own.
const kernelSettings = { 'kernel/panic': '10', 'kernel/panic_on_oops': '1', 'vm/overcommit_memory': '1' };

/** Where a node has the programs that were built for it. */
export const nodeProgramFolder = '/var/bin';

/** Files that must be there before the mounts are made: path on the node -> content. */
export const coverFiles: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(kernelSettings).map(([setting, value]) => [coverPath(setting), `${value}\n`]),
);

/** Folders of the node that are its local volumes. */
export const localVolumes: readonly string[] = [1, 2, 3, 4].map((index) => `/var/lib/local-volumes/${index}`);

/** Folders that a node needs from its start, as it sees them. */
export const nodeFolders: readonly string[] = [nodeProgramFolder, '/var/log', '/var/node', '/var/tmp', ...localVolumes];

/** Program of a node as it sees it: where it was built may be hidden by its /var. */
export function nodeProgram(name: string): string {
  return `${nodeProgramFolder}/${name}`;
}

/** Command that makes the node's mount and UTS namespaces and keeps them in files. */
export function namespaceCommand({ name, mountNamespace, utsNamespace }: NodeLayout): string[] {
  return ['unshare', `--mount=${mountNamespace}`, `--uts=${utsNamespace}`, '--propagation', 'private', 'hostname', name];
}

/**
 * Commands, run inside the node's mount namespace, that give it a /var, /run and /tmp of its own and make the rest of the disk
 * read-only: whatever a node or a pod writes lies in the node's folder.
 * @param programs name -> path on the machine; each must exist as a file at `nodeProgram(name)`
 */
export function mountCommands(node: NodeLayout, programs: Readonly<Record<string, string>>): string[][] {
  return [
    // Copies of network namespaces' files would keep alive those of clusters that are gone.
    ['umount', '--recursive', '--lazy', netnsFolder],
    ['umount', '--recursive', '--lazy', dirname(node.mountNamespace)],
    ...Object.entries(programs).map(([name, path]) => ['mount', '--bind', path, onMachine(node, nodeProgram(name))]),
    ...Object.keys(kernelSettings).map((setting) => ['mount', '--bind', onMachine(node, coverPath(setting)), `/proc/sys/${setting}`]),
    ['mount', '--rbind', node.files, '/var'],
    // After the bind, which would be read-only as well.
    ['mount', '-o', 'remount,bind,ro', '/'],
    ['mount', '-t', 'tmpfs', '-o', 'mode=755', 'run', '/run'],
    ['mount', '-t', 'tmpfs', '-o', 'mode=1777', 'tmp', '/tmp'],
    ['mkdir', '/run/lock', '/run/netns'],
    // The kubelet and its containers see each other's mounts.
    ['mount', '--make-rshared', '/'],
  ];
}

function coverPath(setting: string): string {
  return `/var/node/${setting.replaceAll('/', '.')}`;
}
