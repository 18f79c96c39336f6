import { execFile } from 'node:child_process';

const limit = 60_000;

/** Runs a command to its end. @returns its output @throws with what it said, if it fails or takes longer than a minute */
export function command(argv: readonly string[], input?: string): Promise<string> {
  const [file = '', ...args] = argv;
  return new Promise((resolve, reject) => {
    const child = execFile(file, args, { timeout: limit, killSignal: 'SIGKILL', maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else reject(new Error(`${argv.join(' ')}: ${stderr.trim() || (error.killed ? `no end after ${limit / 1000} s` : error.message)}`));
    });
    // A program that ends without reading is reported by its exit code.
    child.stdin?.once('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** Runs commands one after the other, each behind the same first words. */
export async function commands(list: readonly (readonly string[])[], prefix: readonly string[] = []): Promise<void> {
  for (const argv of list) await command([...prefix, ...argv]);
}
