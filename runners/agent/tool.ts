import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

import { microsecondsNow } from '../../measure/timestamp.ts';
import { Capture } from './capture.ts';

/** Bytes of each output stream that are kept for the parser. */
export const captureLimit = 16 * 1024 * 1024;
/** Milliseconds between asking a tool to end and ending it. A pod needs a longer grace period, so that the frame is written after it. */
export const grace = 2000;
// A process that the tool left behind can hold its pipes open; output that comes later than this, in ms, is not waited for.
const drain = 500;
const longestTimer = 2 ** 31 - 1;

/** A command line ready to run. */
export interface Command {
  argv: string[];
  cwd: string;
  env: Record<string, string>;
  /** Seconds; absent for servers. */
  deadline?: number;
}

/** Which of our own limits ended a tool. */
export type Stop = 'Deadline' | 'Interrupt';

/** How a tool ended. Times in microseconds since 1970. */
export interface Ending {
  exitCode: number | null;
  signal: string | null;
  stopped?: Stop;
  startedAt: number;
  finishedAt: number;
  stdout: string;
  stderr: string;
}

/**
 * Runs a tool without a shell, in a process group of its own, to its end, its deadline or the abort of `interrupt`,
 * whichever is first. Whatever is left of its group afterwards is killed.
 * @param relay gets each piece of output as it comes
 * @throws the system's error (ENOENT, EACCES, ...) when the tool cannot be started
 */
export async function runTool(command: Command, interrupt: AbortSignal, relay: (chunk: Buffer) => void): Promise<Ending> {
  const [program = '', ...rest] = command.argv;
  const stdout = new Capture(captureLimit);
  const stderr = new Capture(captureLimit);
  const startedAt = microsecondsNow();
  const child = spawn(program, rest, { cwd: command.cwd, env: command.env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  child.stdout.on('data', (chunk: Buffer) => {
    stdout.add(chunk);
    relay(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr.add(chunk);
    relay(chunk);
  });
  const closed = new Promise<void>((resolve) => {
    child.once('close', resolve);
  });
  const exited = new Promise<number>((resolve, reject) => {
    child.once('exit', () => {
      resolve(microsecondsNow());
    });
    child.once('error', reject);
  });
  const limits = limited(child.pid, command.deadline, interrupt);
  try {
    const finishedAt = await exited;
    await within(drain, closed);
    const { exitCode, signalCode: signal } = child;
    return { exitCode, signal, ...limits.stopped(), startedAt, finishedAt, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    limits.lift();
    signalGroup(child.pid, 'SIGKILL');
    child.stdout.destroy();
    child.stderr.destroy();
  }
}

/** Stops the group at the deadline or the interrupt: first asked to end, after `grace` made to. */
function limited(group: number | undefined, deadline: number | undefined, interrupt: AbortSignal) {
  const timers: NodeJS.Timeout[] = [];
  let stopped: Stop | undefined;
  const stop = (why: Stop) => {
    if (stopped) return;
    stopped = why;
    signalGroup(group, 'SIGTERM');
    timers.push(setTimeout(signalGroup, grace, group, 'SIGKILL'));
  };
  const onInterrupt = () => {
    stop('Interrupt');
  };
  if (deadline !== undefined) timers.push(setTimeout(stop, Math.min(deadline * 1000, longestTimer), 'Deadline'));
  if (interrupt.aborted) onInterrupt();
  interrupt.addEventListener('abort', onInterrupt);
  return {
    stopped: () => (stopped ? { stopped } : {}),
    lift: () => {
      timers.forEach(clearTimeout);
      interrupt.removeEventListener('abort', onInterrupt);
    },
  };
}

function signalGroup(group: number | undefined, signal: NodeJS.Signals): void {
  if (group === undefined) return;
  try {
    process.kill(-group, signal);
  } catch {
    // ESRCH: nobody is left of it, which is what was wanted.
  }
}

async function within(milliseconds: number, promise: Promise<void>): Promise<void> {
  await Promise.race([promise, delay(milliseconds, undefined, { ref: false })]);
}
