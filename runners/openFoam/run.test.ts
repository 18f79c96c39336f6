import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { toolOutput } from '../testing.ts';
import { parseOpenFoam } from './parse.ts';
import type { RunReport } from './report.ts';

// The order of the steps and their failures, with stand-ins for the programs; test/integration/workloads.test.ts has the real ones.

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'openFoam-'));
  writeFileSync(join(folder, 'case.json'), JSON.stringify({ cells: 10, steps: 2, solver: 'DICPCG', processes: 2 }));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Makes a program of a script; each notes its command line in `calls`. */
function program(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\necho "$*" >> '${folder}/calls'\n${script}\n`, { mode: 0o755 });
}

const log = 'Starting time loop\\n\\nExecutionTime = 1 s  ClockTime = 1 s\\nEnd\\n';
const rank = 'rank: 1.50 s user, 0.50 s system, 1024 KiB\\n';

function programs(): void {
  program('blockMesh', "echo '  nCells: 1000'");
  program('decomposePar', '');
  for (const name of ['time', 'mpirun']) program(name, `printf '${log}'; printf '${rank}a word\\n${rank}' >&2`);
}

function run(...launch: string[]) {
  const path = [folder, dirname(process.execPath)].join(delimiter);
  return spawnSync(process.execPath, [join(import.meta.dirname, 'run.ts'), ...launch], {
    cwd: folder,
    env: { PATH: path },
    encoding: 'utf8',
  });
}

function calls(): string[] {
  return readFileSync(join(folder, 'calls'), 'utf8').trimEnd().split('\n');
}

function reportIn(stdout: string): RunReport {
  return JSON.parse(stdout.slice(stdout.indexOf('\n{\n')));
}

describe('with MPI', () => {
  beforeEach(programs);

  test('the case is made, meshed, cut and solved', () => {
    expect(run('mpirun', '-np', '2').status).toBe(0);
    expect(readFileSync(join(folder, 'system/controlDict'), 'utf8')).toContain('application icoFoam;');
    expect(calls()).toEqual([
      '',
      '',
      `-np 2 time --format=rank: %U s user, %S s system, %M KiB --output=/dev/stderr icoFoam -parallel -fileHandler masterUncollated -case ${folder}`,
    ]);
  });

  test('the report stands behind the log', () => {
    const { stdout } = run('mpirun');
    expect(stdout).toMatch(/^Starting time loop\n[\s\S]*End\n\{\n/);
    expect(reportIn(stdout)).toMatchObject({ openFoam: 1, cells: 1000, loopTime: expect.any(Number), wallTime: expect.any(Number) });
  });

  test('what ranks used is in the report, and not among the words of others', () => {
    const { stdout, stderr } = run('mpirun');
    const used = { userTime: 1.5, systemTime: 0.5, peakMemory: 1_048_576 };
    expect([reportIn(stdout).ranks, stderr]).toEqual([[used, used], 'a word\n']);
  });

  test('the loop is timed from its beginning to the end of its last step', () => {
    program(
      'mpirun',
      `/bin/sleep 0.5; echo Starting time loop; /bin/sleep 0.6; echo 'ExecutionTime = 1 s  ClockTime = 1 s'; /bin/sleep 0.6`,
    );
    const { loopTime, wallTime } = reportIn(run('mpirun').stdout);
    expect(loopTime).toBeGreaterThanOrEqual(0.4);
    expect(wallTime).toBeGreaterThanOrEqual(loopTime + 0.8);
  });
});

test('a single rank needs neither MPI nor a cut mesh', () => {
  programs();
  expect(run().status).toBe(0);
  expect(calls()).toEqual(['', '--format=rank: %U s user, %S s system, %M KiB icoFoam']);
});

describe('a step that fails ends the run', () => {
  beforeEach(programs);

  test.each([
    ['the mesh', 'blockMesh', 'echo why >&2; exit 3', 'why\nblockMesh ended with exit code 3\n'],
    ['its parts', 'decomposePar', 'exit 1', 'decomposePar ended with exit code 1\n'],
    ['a killed one', 'decomposePar', 'kill -KILL $$', 'decomposePar was ended by SIGKILL\n'],
    ['the solver', 'mpirun', 'exit 5', 'mpirun ended with exit code 5\n'],
    ['a killed solver', 'mpirun', 'kill -SEGV $$', 'mpirun was ended by SIGSEGV\n'],
  ])('%s', (_, name, script, words) => {
    program(name, script);
    const { status, stderr, stdout } = run('mpirun');
    expect({ status, stderr, stdout }).toEqual({ status: 1, stderr: words, stdout: '' });
  });

  test.each([
    ['blockMesh', 'blockMesh is not installed; apt-get install openfoam\n'],
    ['mpirun', 'mpirun is not installed; apt-get install openmpi-bin\n'],
  ])('%s that is not there', (name, words) => {
    rmSync(join(folder, name));
    expect(run('mpirun')).toMatchObject({ status: 1, stderr: words });
  });
});

describe('a run whose programs lie with exit code 0 has a report that is refused', () => {
  beforeEach(programs);

  test.each([
    ['a mesh without a number of cells', 'blockMesh', 'echo End', 'the report after the log of icoFoam is damaged'],
    ['a solver that says nothing', 'mpirun', 'exit 0', 'the report after the log of icoFoam is damaged'],
    ['a log without a head', 'mpirun', `printf '${log}'`, 'there is no head of icoFoam'],
    ['a document of the solver itself', 'mpirun', `printf '{\\n"openFoam": 1\\n}\\n'; printf '${log}'`, 'JSON result is cut or damaged'],
    ['a rank that speaks for others', 'mpirun', `printf 'nProcs : 1\\n${log}'; printf '${rank}${rank}' >&2`, 'step'],
  ])('%s', (_, name, script, message) => {
    program(name, script);
    const { status, stdout, stderr } = run('mpirun');
    expect(status).toBe(0);
    expect(parseOpenFoam(toolOutput({ stdout, stderr }))).toEqual({
      ok: false,
      reason: 'OutputUnparsable',
      message: expect.stringContaining(message),
    });
  });
});

test('a line of any length is shown whole', () => {
  programs();
  program('mpirun', "/usr/bin/head -c 500000 /dev/zero | /usr/bin/tr '\\0' x; echo");
  expect(run('mpirun').stdout).toMatch(/^x{500000}\n\{\n/);
});
