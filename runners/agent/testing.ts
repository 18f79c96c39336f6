import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { mkdir } from 'node:fs/promises';

import { decodeFrame } from '../../measure/frame.ts';
import type { ResultRecord } from '../../measure/record.ts';
import type { Argument, Assignment, Task } from '../task.ts';
import type { Parsed, ToolOutput, Workload } from '../workload.ts';
import type { Surroundings } from './perform.ts';

// Builders for the tests of the agent; each names only what a case is about.

export const testKey = '5e'.repeat(32);

/** A tool in one line of JavaScript. */
export function script(source: string): Argument[] {
  return ['node', '--eval', source];
}

export function task(changes: Partial<Task> = {}): Task {
  return { argv: ['true'], measures: true, deadline: 20, ...changes };
}

export function assignment(changes: Partial<Assignment> = {}): Assignment {
  return { version: 1, workload: 'any', role: 'client', parameters: {}, task: task(), key: testKey, output: 'Never', ...changes };
}

const whole: Parsed = { ok: true, metrics: [{ name: 'elapsed', value: 1, unit: 's', better: 'None' }] };

/** A workload whose every output is a result, unless told otherwise. */
export function workload(
  parse: (output: ToolOutput, parameters?: object) => Parsed = () => whole,
  programs: Record<string, string> = {},
): Workload {
  return {
    name: 'any',
    title: 'Any tool',
    image: 'any',
    topology: 'Any',
    metrics: [],
    programs,
    headline: () => 'elapsed',
    plan: () => [],
    duration: () => 1,
    parse,
  };
}

/** Surroundings of an agent in a folder of its own. */
export async function surroundings(
  changes: Partial<Surroundings> = {},
): Promise<Surroundings & AsyncDisposable & { notes: string[]; relayed: Buffer[] }> {
  const root = await mkdtemp(join(tmpdir(), 'agent-test-'));
  await mkdir(join(root, 'dev'));
  const notes: string[] = [];
  const relayed: Buffer[] = [];
  return {
    env: { PATH: process.env['PATH'], POD_IPS: '127.0.0.1' },
    workloads: { any: workload() },
    scripts: dirname(import.meta.dirname),
    root,
    interrupt: new AbortController().signal,
    relay: (chunk) => relayed.push(chunk),
    note: (line) => notes.push(line),
    notes,
    relayed,
    [Symbol.asyncDispose]: async () => {
      await rm(root, { recursive: true, force: true });
    },
    ...changes,
  };
}

/** The record in a termination message and, where that points there, in the log. */
export async function published(root: string, log: string): Promise<ResultRecord> {
  const message = decodeFrame(await readFile(`${root}/dev/termination-log`, 'utf8'), testKey);
  const decoded = message.frame === 'InLog' ? decodeFrame(log, testKey, message.pointer) : message;
  if (decoded.frame !== 'Verified') throw new Error(`no verified record: ${JSON.stringify(decoded)}`);
  return decoded.record;
}

/** Whether a process exists that is no zombie. */
export async function isAlive(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => 'State:\tX');
  return !/^State:\t[XZ]/m.test(status);
}
