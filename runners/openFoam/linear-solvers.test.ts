import { describe, expect, test } from '@jest/globals';
import { linearSolvers } from './linear-solvers.ts';

describe('the pressure', () => {
  test.each([
    ['DICPCG', { solver: 'PCG', preconditioner: 'DIC' }],
    ['GAMG', { solver: 'GAMG', smoother: 'GaussSeidel' }],
    ['GAMGPCG', { solver: 'PCG', preconditioner: { preconditioner: 'GAMG', smoother: 'symGaussSeidel', tolerance: 1e-5, relTol: 0 } }],
  ] as const)('is solved by %s to a residual', (solver, method) => {
    expect(linearSolvers({ solver })['p']).toEqual({ ...method, tolerance: 1e-6, relTol: 0, maxIter: expect.any(Number) });
  });

  test('has the iterations that the largest mesh needs: they grow with its edge, which OpenFOAM does not know when it gives up at 1000', () => {
    // Of DICPCG on two ranks in the first step.
    const measured = [
      [25, 90],
      [50, 178],
      [75, 276],
      [100, 358],
      [150, 541],
    ] as const;
    const perCell = Math.max(...measured.map(([edge, iterations]) => iterations / edge));
    expect(linearSolvers({ solver: 'DICPCG' })['p']).toHaveProperty('maxIter', 10_000);
    expect(600 * perCell).toBeLessThan(10_000 / 2);
  });

  test('is solved in a fixed number of iterations, whatever the residual', () => {
    expect(linearSolvers({ solver: 'GAMG', iterations: 25 })['p']).toMatchObject({ tolerance: 0, relTol: 0, minIter: 25, maxIter: 25 });
  });

  test('is solved in both corrections alike', () => {
    const { p, pFinal } = linearSolvers({ solver: 'DICPCG', iterations: 7 });
    expect(pFinal).toEqual(p);
  });
});

describe('the velocity', () => {
  test('is swept to a residual', () => {
    expect(linearSolvers({ solver: 'GAMG' })['U']).toMatchObject({ solver: 'smoothSolver', tolerance: 1e-5, relTol: 0, maxIter: 10_000 });
  });

  test('is swept five times where iterations are fixed', () => {
    expect(linearSolvers({ solver: 'GAMG', iterations: 25 })['U']).toMatchObject({ tolerance: 0, minIter: 5, maxIter: 5 });
  });
});
