import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import type { Assignment } from '../task.ts';
import { assignment, isAlive, published, surroundings, task } from './testing.ts';

/** An agent as a process, as a pod runs it; its workload is the real `sleep`, its tool whatever the case needs. */
async function agent(given: Assignment, env: Record<string, string> = {}) {
  const around = await surroundings();
  const whole = { ...given, workload: 'sleep', parameters: { duration: '0s' } };
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: { PATH: process.env['PATH'], ASSAY_TASK: JSON.stringify(whole), ASSAY_ROOT: around.root, POD_IPS: '127.0.0.1', ...env },
    stdio: 'pipe',
  });
  let log = '';
  child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString('latin1')));
  return {
    child,
    logged: (text: string) => waitUntil(() => log.includes(text)),
    /** How it ended, and the record it left. */
    end: async () => {
      const [code] = await once(child, 'close');
      return { code: code as unknown, log, record: await published(around.root, log) };
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await around[Symbol.asyncDispose]();
    },
  };
}

async function waitUntil(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries++) {
    if (tries > 500) throw new Error('waited 5 s in vain');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function peakMemory({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
}

const sh = (script: string, changes: Partial<Assignment['task']> = {}) =>
  assignment({ task: task({ argv: ['sh', '-c', script], ...changes }) });

describe('the agent as a process', () => {
  test('ends with 0 and a record', async () => {
    await using one = await agent(sh('true'));
    expect(await one.end()).toMatchObject({ code: 0, record: { outcome: 'Succeeded', workload: 'sleep' } });
  });

  test('ends with 1 and a record', async () => {
    await using one = await agent(sh('exit 7'));
    expect(await one.end()).toMatchObject({ code: 1, record: { reason: 'ToolFailed', tool: { exitCode: 7 } } });
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('passes %s on, and says that it was interrupted', async (signal) => {
    await using one = await agent(sh('trap "echo stopped; exit 1" TERM; echo started; sleep 30 & wait'));
    await one.logged('started');
    one.child.kill(signal);
    const { code, record, log } = await one.end();
    expect({ code, record }).toMatchObject({ code: 1, record: { reason: 'Interrupted' } });
    expect(log).toContain('stopped');
  });

  test('a server that is stopped has done well', async () => {
    await using one = await agent(sh('echo started; exec sleep 30', { measures: false }));
    await one.logged('started');
    one.child.kill('SIGTERM');
    expect(await one.end()).toMatchObject({ code: 0, record: { outcome: 'Succeeded', metrics: [] } });
  });

  test('ends with its kubelet where that holds its standard input', async () => {
    await using one = await agent(sh('echo started $$; exec sleep 30'), { ASSAY_STDIN: 'Held' });
    await one.logged('started');
    one.child.stdin.destroy();
    const { record, log } = await one.end();
    expect(record.reason).toBe('Interrupted');
    expect(await isAlive(Number(/started (\d+)/.exec(log)?.[1]))).toBe(false);
  });

  test('200 MB of noise cost neither memory nor log nor the result', async () => {
    await using one = await agent(sh('head -c 200000000 /dev/urandom; sleep 0.2'));
    let peak = 0;
    const sampler = setInterval(() => {
      void peakMemory(one.child).then((bytes) => (peak = Math.max(peak, bytes)));
    }, 20);
    const { code, record, log } = await one.end();
    clearInterval(sampler);
    expect({ code, outcome: record.outcome }).toEqual({ code: 0, outcome: 'Succeeded' });
    expect(log.length).toBeLessThan(70_000);
    expect(peak).toBeGreaterThan(30e6);
    expect(peak).toBeLessThan(300e6);
  });

  test('keeps the result when nobody reads the log any more', async () => {
    await using one = await agent(sh('sleep 0.3; head -c 200000 /dev/zero'));
    one.child.stdout.destroy();
    expect(await one.end()).toMatchObject({ code: 0, record: { outcome: 'Succeeded' } });
  });
});
