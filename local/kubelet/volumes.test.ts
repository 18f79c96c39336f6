import { mkdir, readFile, readlink, writeFile } from 'node:fs/promises';

import { describe, expect, test } from '@jest/globals';

import type { Container, Volume } from './pod.ts';
import { container, folder, namesIn, pod } from './testing.ts';
import { mountVolumes } from './volumes.ts';

const mount = (name: string, mountPath: string, subPath?: string): Container =>
  container({ volumeMounts: [{ name, mountPath, ...(subPath === undefined ? {} : { subPath }) }] });

/** Two pods of one claim on a machine: what the first writes below one path, and where the second looks for it. */
async function mounted(root: string, containers: Container[], volumes: Volume[]): Promise<void> {
  await mkdir(`${root}/pod`, { recursive: true });
  const claimFolder = (claim: string) => `${root}/claims/${claim}`;
  await mountVolumes(pod('one', { containers, volumes }), { root: `${root}/pod`, claimFolder });
}

const scratch: Volume = { name: 'scratch', emptyDir: {} };
const data: Volume = { name: 'data', persistentVolumeClaim: { claimName: 'disk' } };

describe('mountVolumes', () => {
  test('an emptyDir is inside the pod', async () => {
    await using own = await folder();
    await mounted(own.path, [mount('scratch', '/var/scratch')], [scratch]);
    await writeFile(`${own.path}/pod/var/scratch/x`, '1');
    expect(await readFile(`${own.path}/pod/volumes/scratch/x`, 'utf8')).toBe('1');
  });

  test('a claim outlives the pod', async () => {
    await using own = await folder();
    await mounted(own.path, [mount('data', '/data')], [data]);
    await writeFile(`${own.path}/pod/data/x`, '1');
    expect(await readFile(`${own.path}/claims/disk/x`, 'utf8')).toBe('1');
  });

  test('a sub-path is a folder of the volume', async () => {
    await using own = await folder();
    await mounted(own.path, [mount('data', '/data', 'a/b')], [data]);
    await writeFile(`${own.path}/pod/data/x`, '1');
    expect(await readFile(`${own.path}/claims/disk/a/b/x`, 'utf8')).toBe('1');
  });

  test('containers of a pod share a volume', async () => {
    await using own = await folder();
    await mounted(own.path, [mount('scratch', '/a'), mount('scratch', '/b'), mount('scratch', '/a')], [scratch]);
    await writeFile(`${own.path}/pod/a/x`, '1');
    expect(await readFile(`${own.path}/pod/b/x`, 'utf8')).toBe('1');
  });

  test('an inner mount may come before the outer one', async () => {
    await using own = await folder();
    await mounted(own.path, [mount('data', '/scratch/deep/disk'), mount('scratch', '/scratch')], [scratch, data]);
    await writeFile(`${own.path}/pod/scratch/deep/disk/x`, '1');
    expect(await readFile(`${own.path}/claims/disk/x`, 'utf8')).toBe('1');
    expect(await readlink(`${own.path}/pod/scratch`)).toBe(`${own.path}/pod/volumes/scratch`);
  });

  test('a volume that nobody mounts is not made', async () => {
    await using own = await folder();
    await mounted(own.path, [mount('scratch', '/a')], [scratch, data]);
    expect(await namesIn(`${own.path}/claims`)).toEqual([]);
  });

  test.each(['/data/', 'data', '/./data'])('%s is /data', async (path) => {
    await using own = await folder();
    await mounted(own.path, [mount('scratch', path)], [scratch]);
    expect(await readlink(`${own.path}/pod/data`)).toBe(`${own.path}/pod/volumes/scratch`);
  });

  test('refuses two volumes at one place', async () => {
    await using own = await folder();
    const both = mounted(own.path, [mount('scratch', '/data'), mount('data', '/data/')], [scratch, data]);
    await expect(both).rejects.toThrow('volumeMounts: /data/ is taken by another volume');
  });

  test.each<[string, Container, Volume[], string]>([
    ['a volume that there is not', mount('other', '/a'), [scratch], 'there is no volume other'],
    [
      'a kind that local mode does not have',
      mount('host', '/a'),
      [{ name: 'host' }],
      'volume host: only emptyDir, persistentVolumeClaim and downwardAPI',
    ],
    ['a mount that leaves the pod', mount('scratch', '/../../etc'), [scratch], 'leaves its volume'],
    ['a name that leaves the pod', mount('../../x', '/a'), [{ name: '../../x', emptyDir: {} }], '../../x leaves its volume'],
    ['a sub-path that leaves the volume', mount('data', '/data', '../other'), [data], 'leaves its volume'],
  ])('refuses %s', async (_, one, volumes, message) => {
    await using own = await folder();
    await expect(mounted(own.path, [one], volumes)).rejects.toThrow(message);
  });
});
