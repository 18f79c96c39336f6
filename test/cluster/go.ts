import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { lastLines } from './text.ts';

const progressEvery = 30_000;

// No C compiler, no workspace of the user's: the same binary from the same inputs everywhere.
const environment = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' };

/** What the Go toolchain of a module calls itself, e.g. `go1.26.0 linux amd64`; undefined without Go. */
export async function toolchain(folder: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('go', ['env', 'GOVERSION', 'GOOS', 'GOARCH'], { cwd: folder, env: environment });
    return stdout.trim().split('\n').join(' ');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The folder of a module in the version that the go.mod of `folder` requires, fetched if it is not there. */
export async function moduleFolder(folder: string, path: string): Promise<string> {
  const { stdout } = await promisify(execFile)('go', ['mod', 'download', '-json', path], { cwd: folder, env: environment });
  return (JSON.parse(stdout) as { Dir: string }).Dir;
}

/** Runs `go` in a module's folder and says every 30 s that it is still at it. @throws with go's last lines if it fails. */
export async function go(folder: string, args: readonly string[], label: string, report: (line: string) => void): Promise<void> {
  const started = performance.now();
  const elapsed = () => `${Math.round((performance.now() - started) / 1000)} s`;
  const timer = setInterval(() => {
    report(`${label}: ${elapsed()}, still building`);
  }, progressEvery);
  try {
    const { end, output } = await ran(folder, args);
    if (end !== 'code 0') throw new Error(`${label}: go ${args[0]} ended with ${end}:\n${lastLines(output, 20)}`);
  } finally {
    clearInterval(timer);
  }
  report(`${label}: built in ${elapsed()}`);
}

function ran(folder: string, args: readonly string[]): Promise<{ end: string; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('go', args, { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve({ end: signal ?? `code ${code}`, output });
    });
  });
}
