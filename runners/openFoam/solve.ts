import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { notInstalled } from './diagnose.ts';
import { rankOf } from './rank.ts';
import type { RunReport } from './report.ts';

/** Figures of a solver's run, and what was wrong with its ending, if anything was. */
export type Solved = Omit<RunReport, 'openFoam' | 'cells'> & { ending?: string };

/**
 * Runs the solver, shows what it says, and times its loop by when the lines come: its own clock counts whole seconds.
 * @param argv the whole command line, MPI's launcher included
 */
export async function solve(argv: readonly string[]): Promise<Solved> {
  const [program = '', ...rest] = argv;
  const ranks: Solved['ranks'] = [];
  let [begun, stepped] = [Number.NaN, Number.NaN];
  const started = performance.now();
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => {
      resolve('code' in error && error.code === 'ENOENT' ? notInstalled(program) : `${program} failed: ${error.message}`);
    });
    child.once('exit', (code, signal) => {
      if (signal === null && code === 0) resolve(undefined);
      else resolve(`${program} ${signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`}`);
    });
  });
  const shown = show(child.stdout, process.stdout, (line) => {
    if (line === 'Starting time loop') begun = performance.now();
    if (line.startsWith('ExecutionTime = ')) stepped = performance.now();
    return true;
  });
  const told = show(child.stderr, process.stderr, (line) => {
    const rank = rankOf(line);
    if (rank) ranks.push(rank);
    return rank === undefined;
  });
  const ending = await ended;
  const wallTime = (performance.now() - started) / 1000;
  await Promise.all([shown, told]);
  return { wallTime, loopTime: (stepped - begun) / 1000, ranks, ...(ending === undefined ? {} : { ending }) };
}

/** Hands on the lines that are to be shown. */
async function show(from: Readable, to: NodeJS.WritableStream, isShown: (line: string) => boolean): Promise<void> {
  for await (const line of createInterface({ input: from, crlfDelay: Infinity })) {
    if (isShown(line)) to.write(`${line}\n`);
  }
}
