/**
 * `npm test`: every check of the project in order, cheapest first, and one line with the counts at the end.
 * ASSAY_SKIP names checks to leave out (comma-separated); what cannot run and is not named there is a failure.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Outcome, report, total } from './test-report.ts';

const root = dirname(import.meta.dirname);
const modules = join(root, 'node_modules');
const skip = new Set((process.env.ASSAY_SKIP ?? '').split(',').filter(Boolean));

type JestCounts = Record<'numPassedTests' | 'numFailedTests' | 'numPendingTests' | 'numRuntimeErrorTestSuites', number>;

interface Check {
  name: string;
  run: () => Omit<Outcome, 'name' | 'seconds'>;
}

/** Files of tests at once that have API servers of their own: each takes half a gigabyte, and waits as much as it works. */
const withServers = 3;

const checks: Check[] = [
  { name: 'lint', run: () => command(join(modules, '.bin/oxlint'), ['--type-aware', '--quiet']) },
  { name: 'format', run: () => command(join(modules, '.bin/prettier'), ['--check', '--log-level', 'warn', '.']) },
  { name: 'types', run: () => command(join(modules, '.bin/tsc'), []) },
  { name: 'generated', run: () => node(['scripts/generate.ts', '--check']) },
  { name: 'unit', run: () => jest('unit', availableParallelism() + 1) },
  { name: 'programs', run: () => node(['test/cluster/build.ts']) },
  { name: 'contract', run: () => jest('contract', withServers) },
  { name: 'integration', run: () => jest('integration', withServers) },
  { name: 'e2e', run: () => counted(['e2e', 'workloads', 'robustness', 'backends', 'addons'], ['scripts/e2e.ts', '--reports', scratch]) },
];

const unknown = [...skip].filter((name) => !checks.some((check) => check.name === name));
if (unknown.length > 0) {
  console.error(`ASSAY_SKIP: ${unknown.join(', ')} is no check; the checks are ${checks.map(({ name }) => name).join(', ')}`);
  process.exit(1);
}

const scratch = mkdtempSync(join(tmpdir(), 'assay-test-'));
const outcomes: Outcome[] = [];
for (const { name, run } of checks) {
  if (skip.has(name)) {
    outcomes.push({ name, seconds: 0, passed: 0, failed: 0, skipped: 1 });
    continue;
  }
  console.log(`\n== ${name}`);
  const start = performance.now();
  const counts = run();
  outcomes.push({ name, seconds: (performance.now() - start) / 1000, ...counts });
}
rmSync(scratch, { recursive: true });
console.log(report(outcomes));
process.exitCode = total(outcomes).failed > 0 ? 1 : 0;

function command(program: string, words: string[]): Omit<Outcome, 'name' | 'seconds'> {
  const { status, error } = spawnSync(program, words, { cwd: root, stdio: 'inherit' });
  if (error) console.error(`${program}: ${error.message}`);
  return status === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

function node(words: string[]): Omit<Outcome, 'name' | 'seconds'> {
  return command(process.execPath, words);
}

/** @param atOnce files of tests that run at the same time */
function jest(project: string, atOnce: number): Omit<Outcome, 'name' | 'seconds'> {
  const program = ['--experimental-vm-modules', '--no-warnings', join(modules, 'jest/bin/jest.js')];
  const selection = ['--config', 'test/jest.config.js', '--selectProjects', project, `--maxWorkers=${atOnce}`];
  return counted([project], [...program, ...selection, '--json', '--outputFile', join(scratch, `${project}.json`)]);
}

/** Runs jest, or a script that does, and takes the counts from jest's own reports; a suite that does not even load counts as failed. */
function counted(projects: string[], words: string[]): Omit<Outcome, 'name' | 'seconds'> {
  const { failed } = node(words);
  const sum = total(projects.map((project) => ({ name: project, seconds: 0, ...reported(project) })));
  return { ...sum, failed: Math.max(sum.failed, failed) };
}

function reported(project: string): Omit<Outcome, 'name' | 'seconds'> {
  try {
    const {
      numPassedTests: passed,
      numFailedTests,
      numRuntimeErrorTestSuites,
      numPendingTests: skipped,
    }: JestCounts = JSON.parse(readFileSync(join(scratch, `${project}.json`), 'utf8'));
    return { passed, failed: numFailedTests + numRuntimeErrorTestSuites, skipped };
  } catch {
    console.error(`jest left no report for ${project}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
