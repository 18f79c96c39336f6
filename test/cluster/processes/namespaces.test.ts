import { mkdtemp, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { namespaceOf, processesIn } from './namespaces.ts';

test.each(['net', 'mnt', 'uts'] as const)('the %s namespace that a file keeps has the name that its processes show', async (kind) => {
  const file = `/proc/self/ns/${kind}`;
  expect(namespaceOf(kind, file)).toBe(await readlink(file));
});

test('an ordinary file keeps no namespace', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'assay-namespaces-'));
  await writeFile(join(folder, 'n1.mnt'), '');
  expect(namespaceOf('mnt', join(folder, 'n1.mnt'))).toBeUndefined();
  await rm(folder, { recursive: true });
});

test('nor does a file that is not there', () => {
  expect(namespaceOf('net', '/run/netns/never-made')).toBeUndefined();
});

test('this process is in its own namespace', async () => {
  expect(processesIn(new Set([await readlink('/proc/self/ns/net')]))).toContain(process.pid);
});

test('nobody is in no namespace', () => {
  expect(processesIn(new Set())).toEqual([]);
  expect(processesIn(new Set(['net:[1]']))).toEqual([]);
});
