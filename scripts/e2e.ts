/**
 * The e2e tests from nothing to nothing: builds what images have changed, brings a cluster of its own up, runs the tests inside it, and
 * takes it down again whatever happened, Ctrl-C included. Fails, too, when anything is left on the machine.
 * Usage: node scripts/e2e.ts [arguments of jest]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { traces } from './traces.ts';

const root = dirname(import.meta.dirname);
const name = 'assay-test';
const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '--config', 'test/jest.config.js'];
const tests = [process.execPath, ...jest, '--selectProjects', 'e2e', '--runInBand', ...process.argv.slice(2)];

let interrupted = false;
let running: ChildProcess | undefined;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    interrupted = true;
    running?.kill(signal);
  });
}

const before = new Set(traces());
const ran =
  (await step('test/cluster/images/load.ts')) &&
  // What a run left that was killed would be in the way.
  (await step(...cluster('down'))) &&
  (await step(...cluster('up', '--audit'))) &&
  (await step(...cluster('run', ...tests)));
const ended = await run(...cluster('down'));
const left = traces().filter((trace) => !before.has(trace));
if (left.length > 0) console.error(`left on this machine:\n  ${left.join('\n  ')}`);
process.exitCode = ran && ended && left.length === 0 ? 0 : 1;

function cluster(...words: string[]): [script: string, ...words: string[]] {
  return ['test/cluster/main.ts', '--name', name, ...words];
}

/** A step of the way up: after Ctrl-C there is none. */
async function step(script: string, ...words: string[]): Promise<boolean> {
  return !interrupted && (await run(script, ...words)) && !interrupted;
}

/** @returns whether the script ended well */
async function run(script: string, ...words: string[]): Promise<boolean> {
  running = spawn(process.execPath, [join(root, script), ...words], { cwd: root, stdio: 'inherit' });
  const [code] = await once(running, 'exit');
  running = undefined;
  return code === 0;
}
