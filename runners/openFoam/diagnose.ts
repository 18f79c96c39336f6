import type { Refusal } from '../ending.ts';
import { lastWords, refuse } from '../ending.ts';
import { diagnose as diagnoseLaunch } from '../launch/diagnose.ts';
import type { ToolOutput } from '../workload.ts';

/** Debian packages of what a run starts. */
export const programs: Readonly<Record<string, string>> = {
  blockMesh: 'openfoam',
  decomposePar: 'openfoam',
  icoFoam: 'openfoam',
  mpirun: 'openmpi-bin',
  time: 'time',
};

/** What run.ts says of a program that is not there. */
export function notInstalled(program: string): string {
  return `${program} is not installed${programs[program] === undefined ? '' : `; apt-get install ${programs[program]}`}`;
}

const missing = /^\w+ is not installed\b.*$/m;
const trapped = /sigFpe|floating point exception/i;

/** What the end of a run that failed means; undefined where its words say no more than that it failed. */
export function diagnose(output: ToolOutput): Refusal | undefined {
  const { stderr } = output;
  const absent = missing.exec(stderr)?.[0];
  if (absent !== undefined) return refuse('ToolMissing', absent);
  const words = lastWords(fatalWords(stderr));
  if (words !== '') return refuse('ToolFailed', `OpenFOAM gave up: ${words}`);
  if (trapped.test(stderr)) return refuse('ToolCrashed', 'icoFoam diverged: a floating point exception ended it');
  return diagnoseLaunch(output);
}

/** The paragraph under OpenFOAM's headline of a fatal error; with MPI each line has its rank before it. */
function fatalWords(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.replace(/^\[\d+\] ?/, '').trim());
  const headline = lines.findIndex((line) => line.startsWith('--> FOAM FATAL'));
  return headline < 0 ? '' : lines.slice(headline + 1, lines.indexOf('', headline + 1)).join('\n');
}
