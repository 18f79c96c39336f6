import { describe, expect, test } from '@jest/globals';

import { countIn, counterPaths, oomKills } from './oom.ts';

describe('counterPaths', () => {
  test.each([
    ['version 2 in a container', '0::/\n', ['/sys/fs/cgroup/memory.events']],
    ['version 2 in a slice', '0::/a/b\n', ['/sys/fs/cgroup/a/b/memory.events', '/sys/fs/cgroup/memory.events']],
    [
      'version 1',
      '9:cpu,cpuacct:/x\n8:memory:/kubepods/pod1/c1\n',
      [
        '/sys/fs/cgroup/memory/kubepods/pod1/c1/memory.oom_control',
        '/sys/fs/cgroup/memory/memory.oom_control',
        '/sys/fs/cgroup/memory.events',
      ],
    ],
    ['nothing readable', '', ['/sys/fs/cgroup/memory.events']],
  ])('%s', (_, cgroups, paths) => {
    expect([...new Set(counterPaths(cgroups))]).toEqual(paths);
  });
});

describe('countIn', () => {
  test.each([
    ['version 2', 'low 0\nhigh 0\nmax 12\noom 3\noom_kill 2\noom_group_kill 0\n', 2],
    ['version 1', 'oom_kill_disable 0\nunder_oom 0\noom_kill 1\n', 1],
    ['version 1 of an old kernel', 'oom_kill_disable 0\nunder_oom 0\n', undefined],
    ['nothing', '', undefined],
  ])('%s', (_, events, count) => {
    expect(countIn(events)).toBe(count);
  });
});

test('this kernel tells a count or nothing', async () => {
  expect(['number', 'undefined']).toContain(typeof (await oomKills()));
});
