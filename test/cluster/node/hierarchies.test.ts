import { expect, test } from '@jest/globals';
import { hierarchies, trackingHierarchy } from './hierarchies.ts';

const hybrid = `proc /proc proc rw,relatime 0 0
tmpfs /sys/fs/cgroup tmpfs rw,relatime,mode=755 0 0
cgroup /sys/fs/cgroup/cpu,cpuacct cgroup rw,nosuid,cpu,cpuacct 0 0
cgroup /sys/fs/cgroup/cpuset cgroup rw,relatime,cpuset 0 0
cgroup /sys/fs/cgroup/pids cgroup rw,relatime,pids 0 0
cgroup /sys/fs/cgroup/systemd cgroup rw,relatime,name=systemd 0 0
cgroup2 /sys/fs/cgroup/unified cgroup2 rw,relatime 0 0
`;
const unified = `cgroup2 /sys/fs/cgroup cgroup2 rw,nosuid,nsdelegate 0 0\n`;

test('version 1 has a tree for each set of controllers, and beside them version 2', () => {
  const found = hierarchies(hybrid);
  expect(found.map(({ folder, version }) => [folder, version])).toEqual([
    ['/sys/fs/cgroup/cpu,cpuacct', 1],
    ['/sys/fs/cgroup/cpuset', 1],
    ['/sys/fs/cgroup/pids', 1],
    ['/sys/fs/cgroup/systemd', 1],
    ['/sys/fs/cgroup/unified', 2],
  ]);
  expect(found[0]?.controllers).toEqual(expect.arrayContaining(['cpu', 'cpuacct']));
});

test('version 2 has one tree', () => {
  expect(hierarchies(unified)).toEqual([{ folder: '/sys/fs/cgroup', version: 2, controllers: [] }]);
});

test.each([
  ['elsewhere', 'cgroup /mnt/cgroup/pids cgroup rw,pids 0 0\n'],
  ['not of cgroups', 'tmpfs /sys/fs/cgroup tmpfs rw 0 0\n'],
  ['none', ''],
])('mounts that are %s do not count', (_, mounts) => {
  expect(hierarchies(mounts)).toEqual([]);
});

test.each([
  ['version 1', hybrid, '/sys/fs/cgroup/pids'],
  ['version 2', unified, '/sys/fs/cgroup'],
  [
    'version 1 without pids',
    'cgroup /sys/fs/cgroup/cpu cgroup rw,cpu 0 0\ncgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0\n',
    '/sys/fs/cgroup/unified',
  ],
])('processes are tracked where nothing else is limited: %s', (_, mounts, folder) => {
  expect(trackingHierarchy(hierarchies(mounts)).folder).toBe(folder);
});

test('a machine without cgroups is refused', () => {
  expect(() => trackingHierarchy([])).toThrow('no cgroups are mounted at /sys/fs/cgroup');
});
