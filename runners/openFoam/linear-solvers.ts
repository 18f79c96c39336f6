import type { Entries } from './dictionary.ts';
import type { OpenFoamParameters } from './parameters.ts';

type Choice = Pick<OpenFoamParameters, 'solver' | 'iterations'>;

/** Residual to which the pressure is solved where the number of iterations is not fixed. */
export const tolerance = 1e-6;
/** The same of the velocity, and its sweeps where the number of iterations is fixed. */
const velocityTolerance = 1e-5;
const velocitySweeps = 5;
/** Beyond what a mesh of 600 cells along an edge needs. OpenFOAM's own bound of 1000 would leave large ones unsolved. */
const mostIterations = 10_000;

const methods: Readonly<Record<Choice['solver'], Entries>> = {
  DICPCG: { solver: 'PCG', preconditioner: 'DIC' },
  GAMG: { solver: 'GAMG', smoother: 'GaussSeidel' },
  GAMGPCG: { solver: 'PCG', preconditioner: { preconditioner: 'GAMG', smoother: 'symGaussSeidel', tolerance: 1e-5, relTol: 0 } },
};

/** How the equations of a step are solved: the entry `solvers` of fvSolution. */
export function linearSolvers({ solver, iterations }: Choice): Entries {
  const pressure = { ...methods[solver], ...until(tolerance, iterations) };
  const sweeps = iterations === undefined ? undefined : velocitySweeps;
  return {
    p: pressure,
    pFinal: pressure,
    U: { solver: 'smoothSolver', smoother: 'symGaussSeidel', ...until(velocityTolerance, sweeps) },
  };
}

/** A residual of 0 is never reached, so that the limits of the iterations alone count. */
function until(residual: number, iterations: number | undefined): Entries {
  return iterations === undefined
    ? { tolerance: residual, relTol: 0, maxIter: mostIterations }
    : { tolerance: 0, relTol: 0, minIter: iterations, maxIter: iterations };
}
