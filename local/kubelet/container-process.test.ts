import { describe, expect, test } from '@jest/globals';

import { FakeClock } from '../../operator/kube/fake-clock.ts';
import { ContainerProcess } from './container-process.ts';
import { readLog } from './log-file.ts';
import { folder, isAlive, until } from './testing.ts';

const time = '2026-01-01T00:00:00Z';

/** A container in a folder of its own, on a clock that stands still. */
async function process(program: string, ...args: string[]) {
  const own = await folder();
  const clock = new FakeClock();
  const logPath = `${own.path}/log`;
  const message = { path: `${own.path}/message`, logPath, policy: 'File' as const };
  const env = { PATH: globalThis.process.env['PATH'] ?? '' };
  const started = new ContainerProcess({ argv: [program, ...args], cwd: own.path, env, message }, clock);
  return {
    started,
    clock,
    log: () => readLog(logPath),
    logged: (text: string) => until(() => (readLog(logPath).includes(text) ? true : undefined)),
    ending: async () => {
      await started.ended;
      return started.state.terminated;
    },
    [Symbol.asyncDispose]: async () => {
      started.signal('SIGKILL');
      await started.ended;
      await own[Symbol.asyncDispose]();
    },
  };
}

const sh = (script: string) => process('sh', '-c', script);

describe('a container', () => {
  test('runs from the start', async () => {
    await using one = await sh('sleep 30');
    expect(one.started.state).toEqual({ running: { startedAt: time } });
  });

  test('that ends well is completed', async () => {
    await using one = await sh('true');
    expect(await one.ending()).toEqual({ exitCode: 0, reason: 'Completed', startedAt: time, finishedAt: time });
  });

  test('that ends badly tells its code', async () => {
    await using one = await sh('exit 7');
    expect(await one.ending()).toMatchObject({ exitCode: 7, reason: 'Error' });
  });

  test('that is killed tells the signal, in both ways', async () => {
    await using one = await sh('kill -9 $$');
    expect(await one.ending()).toMatchObject({ exitCode: 137, signal: 9, reason: 'Error' });
  });

  test('leaves its termination message', async () => {
    await using one = await sh('printf done > message');
    expect(await one.ending()).toMatchObject({ message: 'done' });
  });

  test('whose program is missing says which', async () => {
    await using one = await process('no-such-program');
    expect(await one.ending()).toMatchObject({
      exitCode: 128,
      reason: 'StartError',
      message: expect.stringContaining('exec: "no-such-program": executable file not found in $PATH'),
    });
  });

  test('whose program cannot be run says so', async () => {
    await using one = await process('/');
    expect(await one.ending()).toMatchObject({ reason: 'StartError', message: expect.stringContaining('EACCES') });
  });

  test('has all its output in the log when it is seen to have ended', async () => {
    await using one = await sh('seq 1 20000; echo last >&2');
    await one.ending();
    expect(one.log().split('\n')).toHaveLength(20_002);
  });

  test('is signalled with what it started', async () => {
    await using one = await sh('sleep 30 & echo child $!; wait');
    await one.logged('child');
    one.started.signal('SIGTERM');
    expect(await one.ending()).toMatchObject({ exitCode: 143, signal: 15 });
    expect(await isAlive(Number(/child (\d+)/.exec(one.log())?.[1]))).toBe(false);
  });

  test('is not waited for by what holds its output open', async () => {
    await using one = await sh('sleep 30 & echo child $!');
    await one.logged('child');
    await until(() => (one.clock.pending > 0 ? true : undefined));
    await one.clock.advance(1000);
    expect(await one.ending()).toMatchObject({ exitCode: 0 });
    globalThis.process.kill(Number(/child (\d+)/.exec(one.log())?.[1]), 'SIGKILL');
  });

  test('leaves no timer behind when its output has ended', async () => {
    await using one = await sh('true');
    await one.ending();
    expect(one.clock.pending).toBe(0);
  });

  test('that has ended takes no harm from a signal', async () => {
    await using one = await sh('true');
    await one.ending();
    one.started.signal('SIGKILL');
    expect(one.started.state.terminated?.exitCode).toBe(0);
  });
});
