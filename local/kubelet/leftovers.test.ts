import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

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

/** A process that sleeps in a folder, with a given environment. */
async function sleeperIn(cwd: string, env: NodeJS.ProcessEnv) {
  const child = spawn('/bin/sleep', ['30'], { cwd, env, stdio: 'ignore', detached: true });
  await once(child, 'spawn');
  return { pid: child.pid ?? 0, [Symbol.dispose]: () => child.kill('SIGKILL') };
}

test.each<[string, NodeJS.ProcessEnv, boolean]>([
  ['without any environment is one of the pod', {}, true],
  ["with another's environment is not, such as the shell of somebody who looks at its files", { HOME: '/root' }, false],
])('a process that works in the folder %s', async (_, env, found) => {
  await using own = await folder();
  using one = await sleeperIn(own.path, env);
  expect((await processesNaming(own.path)).includes(one.pid)).toBe(found);
});

test('a process is not missed while it begins to run another program', async () => {
  await using own = await folder();
  const missed: number[] = [];
  for (let tries = 0; tries < 15; tries++) {
    const child = spawn('sh', ['-c', 'setsid sleep 30 >/dev/null & echo $!'], {
      cwd: own.path,
      env: { PATH: process.env['PATH'], ASSAY_ROOT: own.path },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const said = text(child.stdout);
    await once(child, 'exit');
    await killLeftovers(own.path);
    const pid = Number(await said);
    if (await isAlive(pid)) missed.push(pid);
  }
  for (const pid of missed) process.kill(pid, 'SIGKILL');
  expect(missed).toEqual([]);
});
