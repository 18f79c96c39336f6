import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { isAlive } from './testing.ts';
import { captureLimit, runTool } from './tool.ts';
import type { Command } from './tool.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tool-test-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const never = new AbortController().signal;
const ignore = () => {};

function command(argv: string[], changes: Partial<Command> = {}): Command {
  return { argv, cwd: folder, env: { PATH: process.env['PATH'] ?? '' }, ...changes };
}

const sh = (script: string, changes: Partial<Command> = {}) => command(['sh', '-c', script], changes);

describe('runTool', () => {
  test('tells output, exit code and times', async () => {
    const before = Date.now();
    const ending = await runTool(sh('echo out; echo err >&2; sleep 0.1; exit 3'), never, ignore);
    expect(ending).toMatchObject({ stdout: 'out\n', stderr: 'err\n', exitCode: 3, signal: null });
    expect(ending.finishedAt - ending.startedAt).toBeGreaterThanOrEqual(100_000);
    expect(Math.abs(ending.startedAt / 1000 - before)).toBeLessThan(1000);
  });

  test('runs no shell', async () => {
    const hostile = '$(touch hacked); `touch hacked` | & > hacked';
    expect((await runTool(command(['printf', '%s', hostile]), never, ignore)).stdout).toBe(hostile);
  });

  test('relays output as it comes', async () => {
    const relayed: string[] = [];
    await runTool(sh('echo a; echo b >&2'), never, (chunk) => relayed.push(chunk.toString()));
    expect(relayed.toSorted()).toEqual(['a\n', 'b\n']);
  });

  test('gives no standard input', async () => {
    expect((await runTool(command(['cat']), never, ignore)).exitCode).toBe(0);
  });

  test('names the signal that ended it', async () => {
    const ending = await runTool(sh('kill -SEGV $$'), never, ignore);
    expect(ending).toMatchObject({ exitCode: null, signal: 'SIGSEGV' });
    expect(ending.stopped).toBeUndefined();
  });

  test.each([
    ['a program that there is not', 'no-such-program', 'ENOENT'],
    ['a file that is no program', import.meta.filename, 'EACCES'],
  ])('throws for %s', async (_, program, code) => {
    await expect(runTool(command([program]), never, ignore)).rejects.toMatchObject({ code });
  });

  test('stops at the deadline', async () => {
    const ending = await runTool(command(['sleep', '30'], { deadline: 0.1 }), never, ignore);
    expect(ending).toMatchObject({ stopped: 'Deadline', signal: 'SIGTERM' });
    expect(ending.finishedAt - ending.startedAt).toBeLessThan(1_500_000);
  });

  test('ends a tool that does not heed', async () => {
    const ending = await runTool(sh('trap "" TERM; echo ready; while :; do sleep 0.1; done', { deadline: 0.3 }), never, ignore);
    expect(ending).toMatchObject({ stopped: 'Deadline', signal: 'SIGKILL', stdout: 'ready\n' });
  });

  test('lets a tool end well when it is asked to', async () => {
    const ending = await runTool(sh('trap "echo bye; exit 0" TERM; sleep 30 & wait', { deadline: 0.3 }), never, ignore);
    expect(ending).toMatchObject({ stopped: 'Deadline', exitCode: 0, stdout: 'bye\n' });
  });

  test('a deadline longer than timers reach is no deadline at once', async () => {
    expect((await runTool(command(['sleep', '0.1'], { deadline: 1e10 }), never, ignore)).stopped).toBeUndefined();
  });

  test('stops when it is interrupted', async () => {
    const interrupt = new AbortController();
    setTimeout(() => {
      interrupt.abort();
    }, 100);
    expect(await runTool(command(['sleep', '30']), interrupt.signal, ignore)).toMatchObject({ stopped: 'Interrupt', signal: 'SIGTERM' });
  });

  test('stops at once when it was interrupted before', async () => {
    expect(await runTool(command(['sleep', '30']), AbortSignal.abort(), ignore)).toMatchObject({ stopped: 'Interrupt' });
  });

  test.each([
    ['holding its output open', 'sleep 30 &'],
    ['deaf to signals', 'sh -c \'trap "" TERM HUP; sleep 30\' &'],
    ['away from its output', 'sleep 30 >/dev/null 2>&1 &'],
  ])('leaves no process behind: one %s', async (_, background) => {
    const ending = await runTool(sh(`${background} echo $!`), never, ignore);
    await delay(100);
    expect(await isAlive(Number(ending.stdout))).toBe(false);
    expect(ending.finishedAt - ending.startedAt).toBeLessThan(1_000_000);
  });

  test('leaves no zombie of its own', async () => {
    const ending = await runTool(sh('echo $$'), never, ignore);
    await expect(readFile(`/proc/${Number(ending.stdout)}/status`)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('keeps the ends of output beyond all bounds in bounded memory', async () => {
    const before = process.memoryUsage().rss;
    const ending = await runTool(sh('echo begin; head -c 1000000000 /dev/zero; echo end'), never, ignore);
    expect(ending.stdout.slice(0, 6)).toBe('begin\n');
    expect(ending.stdout.slice(-4)).toBe('end\n');
    expect(ending.stdout.length).toBeLessThan(captureLimit + 100);
    // Half of what was printed: the garbage collector takes its time with what was read and dropped.
    expect(process.memoryUsage().rss - before).toBeLessThan(500e6);
  }, 30_000);
});
