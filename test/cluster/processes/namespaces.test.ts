import { mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { holdNamespaces, processesIn } from './namespaces.ts';
import type { HeldNamespaces, NamespaceFile } from './namespaces.ts';

let held: HeldNamespaces | undefined;
const hold = (...files: NamespaceFile[]) => (held = holdNamespaces(files));

afterEach(() => {
  held?.release();
  held = undefined;
});

test.each(['net', 'mnt', 'uts'] as const)('the %s namespace that a file keeps has the name that its processes show', async (kind) => {
  const path = `/proc/self/ns/${kind}`;
  expect(hold({ kind, path }).names).toEqual(new Set([await readlink(path)]));
});

test('an ordinary file keeps no namespace', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'assay-namespaces-'));
  await writeFile(join(folder, 'n1.mnt'), '');
  expect(hold({ kind: 'mnt', path: join(folder, 'n1.mnt') }).names.size).toBe(0);
  await rm(folder, { recursive: true });
});

test('nor does a file that is not there; others are held all the same', () => {
  const { names } = hold({ kind: 'net', path: '/run/netns/never-made' }, { kind: 'net', path: '/proc/self/ns/net' });
  expect(names.size).toBe(1);
});

test('what is held is open until it is let go, and nothing else stays open', async () => {
  const before = await readdir('/proc/self/fd');
  const one = hold({ kind: 'net', path: '/proc/self/ns/net' }, { kind: 'uts', path: '/dev/null' });
  expect((await readdir('/proc/self/fd')).length).toBe(before.length + 1);
  one.release();
  held = undefined;
  expect((await readdir('/proc/self/fd')).length).toBe(before.length);
});

test('this process is in its own namespace', async () => {
  expect(processesIn(new Set([await readlink('/proc/self/ns/net')]))).toContain(process.pid);
});

test('nobody is in no namespace', () => {
  expect(processesIn(new Set())).toEqual([]);
  expect(processesIn(new Set(['net:[1]']))).toEqual([]);
});
