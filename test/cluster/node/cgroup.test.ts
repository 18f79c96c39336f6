import { expect, test } from '@jest/globals';
import { cgroupFolders, cgroupProcesses, removeCgroup } from './cgroup.ts';

// Made and filled on the real cluster; here only what every machine has: none of that name.
const none = 'assay-cluster-never-made-n1';

test('a cgroup that is not there has no folders and no processes', async () => {
  expect(cgroupFolders(none)).toEqual([]);
  expect(await cgroupProcesses(none)).toEqual([]);
});

test('a cgroup that is not there is removed already', async () => {
  await expect(removeCgroup(none)).resolves.toBeUndefined();
});
