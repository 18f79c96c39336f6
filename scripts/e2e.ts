/**
 * The tests on real clusters from nothing to nothing: builds what images have changed, has a cluster for each project of tests, three
 * at once (two cores have no time for more), and takes all down again whatever happened, Ctrl-C included. Fails, too, when anything is left on the machine.
 * Usage: node scripts/e2e.ts [--reports FOLDER] [arguments of jest]
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { traces } from './traces.ts';

interface Project {
  name: string;
  addOns: string[];
}

const root = dirname(import.meta.dirname);
/** Projects of tests and the add-ons of their clusters, those that take longest first. */
const projects: readonly Project[] = [
  { name: 'e2e', addOns: [] },
  { name: 'robustness', addOns: [] },
  { name: 'workloads', addOns: [] },
  { name: 'backends', addOns: ['volcano', 'jobset'] },
  { name: 'addons', addOns: ['volcano', 'jobset', 'multus', 'kueue'] },
];
const [option, reports, ...others] = process.argv.slice(2);
const words = option === '--reports' ? others : process.argv.slice(2);
const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '--config', 'test/jest.config.js'];
/** Those of which tests are chosen. */
const chosen = projects.filter((project) => words.length === 0 || hasTests(project));
if (chosen.length === 0) {
  console.error(`${words.join(' ')}: no test on a cluster is chosen by that`);
  process.exit(1);
}

let interrupted = false;
let turn = Promise.resolve(true);
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
  (await cleared()) &&
  (await Promise.all(Array.from({ length: 3 }, lane))).every(Boolean);
const left = traces().filter((trace) => !before.has(trace));
if (left.length > 0) console.error(`left on this machine:\n  ${left.join('\n  ')}`);
process.exitCode = ran && left.length === 0 ? 0 : 1;

/** Takes projects until there are no more. @returns whether all went well */
async function lane(): Promise<boolean> {
  let well = true;
  for (let project = chosen.shift(); project; project = chosen.shift()) well = (await tested(project)) && well;
  return well;
}

/** Runs a project's tests in a cluster of its own, which is gone afterwards whatever happened. @returns whether all went well */
async function tested(project: Project): Promise<boolean> {
  const up = () => step(...cluster(project, 'up', '--audit', `--with=${project.addOns.join(',')}`));
  const passed = (await inTurn(up)) && (await step(...cluster(project, 'run', ...testsOf(project))));
  return (await run(...cluster(project, 'down'))) && passed;
}

/** Clusters come up one after the other: that takes the whole machine. */
async function inTurn(bringUp: () => Promise<boolean>): Promise<boolean> {
  const previous = turn;
  turn = previous.then(bringUp);
  return turn;
}

function cluster({ name }: Project, ...of: string[]): [script: string, ...words: string[]] {
  return ['test/cluster/main.ts', '--name', `assay-${name}`, ...of];
}

function hasTests({ name }: Project): boolean {
  const { stdout } = spawnSync(process.execPath, [...jest, '--selectProjects', name, '--listTests', ...words], {
    cwd: root,
    encoding: 'utf8',
  });
  return stdout.includes('.test.ts');
}

function testsOf({ name }: Project): string[] {
  const report = option === '--reports' ? ['--json', '--outputFile', join(reports ?? '', `${name}.json`)] : [];
  return [process.execPath, ...jest, '--selectProjects', name, '--runInBand', ...report, ...words];
}

/** @returns whether there is no cluster of any project */
async function cleared(): Promise<boolean> {
  let well = true;
  for (const project of projects) well = (await step(...cluster(project, 'down'))) && well;
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
