/** One solution of a linear system. Residuals are normalised; NaN where the tool printed no number. */
export interface Solution {
  solver: string;
  residual: number;
  iterations: number;
}

/** One time step; times in seconds, `time` being that of the flow and `clock` whole seconds since the solver's start. */
export interface Step {
  time: number;
  /** The largest Courant number at the step's start. */
  courant: number;
  velocity: Solution[];
  pressure: Solution[];
  clock: number;
}

/** What icoFoam says of its run. */
export interface SolverLog {
  version: string;
  processes: number;
  /** How many of them each machine had. */
  hosts: number[];
  steps: Step[];
}

const solution = /^(\w+): {2}Solving for (U[xyz]|p), Initial residual = \S+, Final residual = (\S+), No Iterations (\d+)$/gm;
const ending = /^ExecutionTime = [\d.]+ s {2}ClockTime = (\d+) s$/m;

/**
 * Reads the log of icoFoam, from its head to its closing words.
 * @returns what is wrong with it where it is not whole
 */
export function readSolverLog(text: string): SolverLog | string {
  const processes = Number(/^nProcs : (\d+)$/m.exec(text)?.[1]);
  if (!(processes > 0)) return 'there is no head of icoFoam that says how many processes ran';
  const [head = '', loop] = text.split(/^Starting time loop$/m);
  if (loop === undefined) return 'the time loop was never reached';
  const closing = /^End\n(\nFinalising parallel run\n)?$/m.exec(loop);
  if (closing === null || (processes > 1 && closing[1] === undefined)) return 'the log stops before the end of the run';
  const steps = loop
    .slice(0, closing.index)
    .split(/^Time = /m)
    .slice(1)
    .map(readStep);
  const broken = steps.indexOf(undefined);
  if (broken >= 0) return `step ${broken + 1} is not whole`;
  return {
    version: /\bOPENFOAM=(\S+)/.exec(head)?.[1] ?? '',
    processes,
    hosts: processes > 1 ? [...head.matchAll(/^ {4}\(\S+ (\d+)\)$/gm)].map(([, ranks]) => Number(ranks)) : [1],
    steps: steps.filter((step) => step !== undefined),
  };
}

function readStep(text: string): Step | undefined {
  const [, time] = /^(\S+)\n/.exec(text) ?? [];
  const [, courant] = /^Courant Number mean: \S+ max: (\S+)$/m.exec(text) ?? [];
  const [, clock] = ending.exec(text) ?? [];
  if (time === undefined || courant === undefined || clock === undefined) return undefined;
  const solved = [...text.matchAll(solution)].map(([, solver = '', field = '', residual, iterations]) => ({
    field,
    solution: { solver, residual: Number(residual), iterations: Number(iterations) },
  }));
  const of = (pressure: boolean) => solved.filter(({ field }) => (field === 'p') === pressure).map((one) => one.solution);
  return { time: Number(time), courant: Number(courant), velocity: of(false), pressure: of(true), clock: Number(clock) };
}
