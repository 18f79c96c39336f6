import type { SolverLog, Step } from './solver-log.ts';

/** Above it the flow passes more than a cell in a step, and what is computed is not the flow any more. */
const largestCourant = 1;
/** Of a step's time from where equal steps would have it: times are printed with 9 digits. */
const timeError = 1e-6;
/** A residual is 1 where nothing is known of a solution; few iterations of conjugate gradients can leave somewhat more. */
const largestResidual = 10;

/**
 * What shows that a log is not that of a flow well computed: icoFoam ends well whatever it computes.
 * @returns undefined where nothing does
 */
export function unsound({ steps }: SolverLog): string | undefined {
  const first = steps[0]?.time ?? Number.NaN;
  for (const [index, step] of steps.entries()) {
    const problem = timeProblem(step, (index + 1) * first) ?? flowProblem(step);
    if (problem !== undefined) return `step ${index + 1}: ${problem}`;
  }
  return steps.length === 0 ? 'there are no steps' : undefined;
}

function timeProblem({ time }: Step, due: number): string | undefined {
  return time > 0 && Math.abs(time - due) <= due * timeError
    ? undefined
    : `it is at ${time} s instead of ${due} s; steps are missing or damaged`;
}

function flowProblem({ courant, pressure, velocity }: Step): string | undefined {
  if (!(courant >= 0 && courant <= largestCourant))
    return `the solution diverged: the Courant number is ${courant}, not from 0 to ${largestCourant}`;
  if (pressure.length !== 2 || velocity.length !== 3) return 'not all equations of the step were solved';
  const lost = [...pressure, ...velocity].find(({ residual }) => !(residual >= 0 && residual <= largestResidual));
  return lost === undefined ? undefined : `the solution diverged: ${lost.solver} left a residual of ${lost.residual}`;
}
