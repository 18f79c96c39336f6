import { expect, test } from '@jest/globals';
import { layout } from '../layout.ts';
import type { NodeLayout } from '../layout.ts';
import { coverFiles, localVolumes, mountCommands, namespaceCommand, nodeFolders, nodeProgram } from './mounts.ts';

const [node] = layout('assay').nodes as [NodeLayout];
const lines = mountCommands(node, { kubelet: '/cache/bin/kubelet' }).map((argv) => argv.join(' '));
const at = (part: string) => lines.findIndex((line) => line.includes(part));

test('a node’s namespaces are kept in files, its hostname is its name', () => {
  expect(namespaceCommand(node)).toEqual([
    'unshare',
    '--mount=/run/assay-cluster/assay/namespaces/n1.mnt',
    '--uts=/run/assay-cluster/assay/namespaces/n1.uts',
    '--propagation',
    'private',
    'hostname',
    'n1',
  ]);
});

test('programs are bound before /var and /root may be hidden', () => {
  expect(lines).toContain('mount --bind /cache/bin/kubelet /var/lib/assay-cluster/assay/n1/bin/kubelet');
  expect(at('/cache/bin/kubelet')).toBeLessThan(at('--rbind'));
});

test('the disk becomes read-only after the node has its own /var, and before anything is started', () => {
  expect(at('--rbind /var/lib/assay-cluster/assay/n1 /var')).toBeGreaterThan(-1);
  expect(at('remount,bind,ro /')).toBeGreaterThan(at('--rbind'));
});

test('settings of the whole machine are covered by files with what a kubelet would set', () => {
  expect(lines).toContain('mount --bind /var/lib/assay-cluster/assay/n1/node/kernel.panic /proc/sys/kernel/panic');
  expect(coverFiles).toEqual({
    '/var/node/kernel.panic': '10\n',
    '/var/node/kernel.panic_on_oops': '1\n',
    '/var/node/vm.overcommit_memory': '1\n',
  });
});

test('copies of others’ namespaces go first', () => {
  expect(lines.slice(0, 2)).toEqual([
    'umount --recursive --lazy /run/netns',
    'umount --recursive --lazy /run/assay-cluster/assay/namespaces',
  ]);
});

test('/run and /tmp are the node’s own, and its mounts are seen by its containers', () => {
  expect(lines.filter((line) => line.includes('tmpfs')).map((line) => line.split(' ').at(-1))).toEqual(['/run', '/tmp']);
  expect(lines.at(-1)).toBe('mount --make-rshared /');
});

test('everything that a node is given lies below its /var', () => {
  for (const path of [...nodeFolders, ...localVolumes, ...Object.keys(coverFiles), nodeProgram('kubelet')])
    expect(path).toMatch(/^\/var\//);
});

test('each local volume has its folder', () => {
  expect(localVolumes).toHaveLength(4);
  expect(nodeFolders).toEqual(expect.arrayContaining([...localVolumes]));
});
