import { execFile } from 'node:child_process';

/** How a command ended and what it said. */
export interface Ended {
  /** 0 for a good end; of a command that was killed, -1. */
  code: number;
  stdout: string;
  stderr: string;
}

export interface CommandOptions {
  /** Its standard input. */
  input?: string;
  env?: Readonly<Record<string, string>>;
  /** ms, after which it is killed; 2 min. */
  limit?: number;
}

/** Runs a program to its end, however that is. @throws when there is no such program */
export async function ended(program: string, args: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  const { input = '', env = {}, limit = 120_000 } = options;
  return await new Promise((resolve, reject) => {
    const settings = { env: { ...process.env, ...env }, timeout: limit, killSignal: 'SIGKILL', maxBuffer: 64 * 1024 * 1024 } as const;
    const child = execFile(program, [...args], settings, (error, stdout, stderr) => {
      if (error?.code === 'ENOENT') reject(error);
      else resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, stdout, stderr });
    });
    // A command that does not read its input may be gone before it is written.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

/** Standard output of a command that has to end well. @throws Error with the command and all that it said */
export async function output(program: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await ended(program, args, options);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: exit ${code}\n${stderr}${stdout}`);
  return stdout;
}
