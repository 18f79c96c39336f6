/**
 * The tests on real clusters from nothing to nothing: builds what images have changed, brings a cluster up for each project of tests, runs
 * both inside theirs at once (they mostly wait), and takes all down again whatever happened, Ctrl-C included. Fails, too, when anything is
 * left on the machine.
 * Usage: node scripts/e2e.ts [--reports FOLDER] [arguments of jest]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { traces } from './traces.ts';

const root = dirname(import.meta.dirname);
const projects = ['e2e', 'robustness'];
const [option, reports, ...others] = process.argv.slice(2);
const words = option === '--reports' ? others : process.argv.slice(2);

let interrupted = false;
const running = new Set<ChildProcess>();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    interrupted = true;
    for (const child of running) child.kill(signal);
  });
}

const before = new Set(traces());
const ran =
  (await step('test/cluster/images/load.ts')) &&
  // What a run left that was killed would be in the way.
  (await each((project) => step(...cluster(project, 'down')))) &&
  (await each((project) => step(...cluster(project, 'up', '--audit')))) &&
  (await Promise.all(projects.map((project) => step(...cluster(project, 'run', ...tests(project)))))).every(Boolean);
const ended = await each((project) => run(...cluster(project, 'down')));
const left = traces().filter((trace) => !before.has(trace));
if (left.length > 0) console.error(`left on this machine:\n  ${left.join('\n  ')}`);
process.exitCode = ran && ended && left.length === 0 ? 0 : 1;

function cluster(project: string, ...of: string[]): [script: string, ...words: string[]] {
  return ['test/cluster/main.ts', '--name', `assay-${project}`, ...of];
}

function tests(project: string): string[] {
  const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '--config', 'test/jest.config.js'];
  const report = option === '--reports' ? ['--json', '--outputFile', join(reports ?? '', `${project}.json`)] : [];
  // Words that choose tests may choose none of one project.
  const chosen = words.length > 0 ? ['--passWithNoTests', ...words] : [];
  return [process.execPath, ...jest, '--selectProjects', project, '--runInBand', ...report, ...chosen];
}

/** One after the other, all of them. @returns whether all went well */
async function each(work: (project: string) => Promise<boolean>): Promise<boolean> {
  let well = true;
  for (const project of projects) well = (await work(project)) && well;
  return well;
}

/** A step of the way up: after Ctrl-C there is none. */
async function step(script: string, ...of: string[]): Promise<boolean> {
  return !interrupted && (await run(script, ...of)) && !interrupted;
}

/** @returns whether the script ended well */
async function run(script: string, ...of: string[]): Promise<boolean> {
  const child = spawn(process.execPath, [join(root, script), ...of], { cwd: root, stdio: 'inherit' });
  running.add(child);
  const [code] = await once(child, 'exit');
  running.delete(child);
  return code === 0;
}
