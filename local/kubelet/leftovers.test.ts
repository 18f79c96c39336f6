import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { expect, test } from '@jest/globals';

import { killLeftovers, processesNaming } from './leftovers.ts';
import { folder, isAlive, until } from './testing.ts';

/** A sleeping process with one variable. */
async function sleeper(value: string) {
  const child = spawn('sleep', ['30'], { env: { TMPDIR: value }, stdio: 'ignore', detached: true });
  await once(child, 'spawn');
  return { pid: child.pid ?? 0, [Symbol.dispose]: () => child.kill('SIGKILL') };
}

test.each([
  ['the folder', '', true],
  ['a folder in it', '/tmp', true],
  ['another folder of the same beginning', '0', false],
  ['a text with the folder in it', ':/bin', false],
])('a process that names %s', async (_, suffix, found) => {
  await using own = await folder();
  using one = await sleeper(own.path + suffix);
  expect((await processesNaming(own.path)).includes(one.pid)).toBe(found);
});

test('kills what names the folder, in whatever session, and nothing else', async () => {
  await using own = await folder();
  await using others = await folder();
  using mine = await sleeper(own.path);
  using other = await sleeper(others.path);
  await killLeftovers(own.path);
  expect([await isAlive(mine.pid), await isAlive(other.pid)]).toEqual([false, true]);
});

test('none is left when it returns, though more are started meanwhile', async () => {
  await using own = await folder();
  const script = 'for i in $(seq 300); do setsid sleep 30 & done; wait';
  const child = spawn('sh', ['-c', script], { env: { PATH: process.env['PATH'], TMPDIR: own.path }, stdio: 'ignore', detached: true });
  await once(child, 'spawn');
  await until(async () => ((await processesNaming(own.path)).length > 3 ? true : undefined));
  await killLeftovers(own.path);
  expect(await processesNaming(own.path)).toEqual([]);
});

test('none is no error', async () => {
  await using own = await folder();
  await expect(killLeftovers(own.path)).resolves.toBeUndefined();
});
