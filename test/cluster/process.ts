import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { onPath } from './processes/on-path.ts';
import { lastLines } from './text.ts';

/** A program that runs in the background and logs into a file. */
export interface BackgroundProcess {
  readonly name: string;
  readonly pid: number;
  /** How it ended, e.g. `code 1`; undefined while it runs. */
  ended(): string | undefined;
  lastLines(): Promise<string>;
  /** Ends it at once, and returns when it has ended. */
  kill(): Promise<void>;
}

/** Starts a program. It does not outlive this process, however that ends (where util-linux' setpriv exists). */
export async function start(name: string, program: string, args: readonly string[], logFile: string): Promise<BackgroundProcess> {
  const log = openSync(logFile, 'a');
  const [file = program, ...rest] = [...tied(), program, ...args];
  const child = spawn(file, rest, { stdio: ['ignore', log, log] });
  closeSync(log);
  await once(child, 'spawn');
  const { pid } = child;
  if (pid === undefined) throw new Error(`${name}: started without a process id`);
  let end: string | undefined;
  const exit = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      end = signal ?? `code ${code}`;
      resolve();
    });
  });
  return {
    name,
    pid,
    ended: () => end,
    lastLines: async () => lastLines(await readFile(logFile, 'utf8'), 10),
    async kill() {
      child.kill('SIGKILL');
      await exit;
    },
  };
}

/** Prefix that has the kernel end a program when its parent dies, even by SIGKILL; empty where there is no such thing. */
function tied(): string[] {
  const setpriv = process.platform === 'linux' ? onPath('setpriv') : undefined;
  return setpriv === undefined ? [] : [setpriv, '--pdeathsig', 'KILL'];
}
