import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { CaseSettings } from './case.ts';
import { caseFiles } from './case.ts';
import { notInstalled } from './diagnose.ts';
import { measured, measuredTogether } from './rank.ts';
import type { RunReport } from './report.ts';
import { solve } from './solve.ts';

// The whole run on the launcher: case, mesh, its parts, solver. The settings are in case.json; the arguments are the words before a rank's
// command line that make MPI start it, none for a single rank.

/** Bytes of what a step before the solver may say. */
const bound = 64 * 1024 * 1024;

// It is our own plan that wrote them.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const settings = JSON.parse(readFileSync('case.json', 'utf8')) as CaseSettings;
const launch = process.argv.slice(2);

for (const [path, content] of Object.entries(caseFiles(settings))) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
const mesh = prepare('blockMesh');
const cells = Number(/^ *nCells: (\d+)$/m.exec(mesh)?.[1]);
const { ending, ...figures } = await solve(launch.length === 0 ? [...measured, 'icoFoam'] : parallel());
if (ending !== undefined) fail(ending);
const report: RunReport = { openFoam: 1, cells, ...figures };
process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);

/** The command line with MPI. The first rank reads for all, so that no other node needs the case; there, its folder is a name only. */
function parallel(): string[] {
  prepare('decomposePar');
  return [...launch, ...measuredTogether, 'icoFoam', '-parallel', '-fileHandler', 'masterUncollated', '-case', process.cwd()];
}

/** Runs a program that gets the case ready. @returns what it said */
function prepare(program: string): string {
  const { stdout, stderr, status, signal, error } = spawnSync(program, { encoding: 'utf8', maxBuffer: bound });
  if (error) fail('code' in error && error.code === 'ENOENT' ? notInstalled(program) : `${program} failed: ${error.message}`);
  if (status === 0) return stdout;
  process.stderr.write(stderr);
  return fail(`${program} ${signal === null ? `ended with exit code ${status}` : `was ended by ${signal}`}`);
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
