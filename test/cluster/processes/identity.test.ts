import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from '@jest/globals';
import { assert, nat, property, string } from 'fast-check';
import { alive, ancestry, identify, parseStat, send } from './identity.ts';

const stat = (name: string, state: string) => `4242 (${name}) ${state} 17 4242 4242 0 -1 4194304 1 0 0 0 5 6 0 0 20 0 11 0 987654 1000 200`;

test.each([
  ['a plain name', 'etcd', 'S'],
  ['a name with spaces', 'tmux: server', 'R'],
  ['a name that looks like the fields after it', 'x) Z 1 (y', 'D'],
  ['an empty name', '', 'S'],
])('a line of /proc with %s', (_, name, state) => {
  expect(parseStat(stat(name, state))).toEqual({ pid: 4242, parent: 17, startTime: 987_654 });
});

test.each(['Z', 'X'])('a process in state %s has ended', (state) => {
  expect(parseStat(stat('gone', state))).toBeUndefined();
});

let child: ReturnType<typeof spawn> | undefined;

afterEach(() => {
  child?.kill('SIGKILL');
});

async function started(script = 'setInterval(() => {}, 1000)') {
  child = spawn(process.execPath, ['--eval', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child, 'spawn');
  const identity = identify(child.pid ?? 0);
  if (!identity) throw new Error('the child has no identity');
  return { child, identity };
}

test('a running process is alive, an ended one is not', async () => {
  const { child: running, identity } = await started();
  expect(alive(identity)).toBe(true);
  running.kill('SIGKILL');
  await once(running, 'exit');
  expect(alive(identity)).toBe(false);
  expect(identify(identity.pid)).toBeUndefined();
});

test('another process with the same pid is not the one that was meant', async () => {
  const { identity } = await started();
  const earlier = { ...identity, startTime: identity.startTime - 1 };
  expect(alive(earlier)).toBe(false);
  send(earlier, 'SIGKILL');
  expect(alive(identity)).toBe(true);
});

test('a signal reaches the process that is meant', async () => {
  const { child: running, identity } = await started();
  send(identity, 'SIGKILL');
  const [, signal] = (await once(running, 'exit')) as [number | null, string];
  expect(signal).toBe('SIGKILL');
  // To one that has ended it is no error.
  send(identity, 'SIGKILL');
});

test('no process has pid 0', () => {
  expect(identify(0)).toBeUndefined();
});

test('the ancestry begins with this process and its parent', () => {
  expect(ancestry().slice(0, 2)).toEqual([process.pid, process.ppid]);
});

test('whatever a program calls itself, its line is read', () => {
  assert(
    property(string(), nat(), nat(), (name, pid, startTime) => {
      const line = `${pid} (${name}) S 1 ${'0 '.repeat(17)}${startTime} 0`;
      expect(parseStat(line)).toEqual({ pid, parent: 1, startTime });
    }),
  );
});
