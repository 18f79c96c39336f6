import { spawn } from 'node:child_process';
import { lastLines } from '../text.ts';

/** Debian package that has the program, where it has another name. */
const packages: Readonly<Record<string, string>> = { setpriv: 'util-linux' };

/** How a program was run: `step` names it in errors, e.g. `assay-fio: build`. */
export interface Running {
  readonly step: string;
  /** ms; default 1 minute. */
  readonly limit?: number;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What a person may do when it fails. */
  readonly advice?: string;
}

/**
 * Runs a program and gives its standard output.
 * @throws Error with the step, how it ended or that its limit passed, and its last 20 lines
 */
export function run(program: string, args: readonly string[], { step, limit = 60_000, cwd, env, advice }: Running): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let late = false;
    const timer = setTimeout(() => {
      late = child.kill('SIGKILL');
    }, limit);
    let stdout = '';
    let all = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      all += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (all += text));
    child.once('error', (error) => {
      clearTimeout(timer);
      const missing = 'code' in error && error.code === 'ENOENT';
      const toDo = `no ${program} on the PATH; install it: apt-get install --yes ${packages[program] ?? program}`;
      reject(missing ? new Error(`${step}: ${toDo}`, { cause: error }) : error);
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      const end = late ? `${program} did not end within ${limit / 1000} s` : `${program} ended with ${signal ?? `code ${code}`}`;
      if (code === 0) resolve(stdout);
      else reject(new Error([`${step} failed: ${end}; its last lines:`, lastLines(all, 20), ...(advice ? [advice] : [])].join('\n')));
    });
  });
}
