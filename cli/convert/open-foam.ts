import { commonFields, type Draft } from './common.ts';
import type { Source } from './source.ts';

interface Size {
  /** Cells along an edge. */
  cells: number;
  steps: number;
  /** Iterations of the pressure solver that `fixedITER` makes; the largest size has no such file. */
  fixed?: number;
}

/** The sizes of the first generation are the cases of OpenFOAM's HPC committee; ours of the same name are smaller. */
const sizes: Readonly<Record<string, Size>> = {
  S: { cells: 100, steps: 500, fixed: 250 },
  M: { cells: 200, steps: 2000, fixed: 650 },
  XL: { cells: 400, steps: 100, fixed: 1300 },
  XXL: { cells: 600, steps: 100 },
};

const solvers: Readonly<Record<string, string>> = {
  fixedITER: 'DICPCG',
  fixedNORM: 'DICPCG',
  'FOAM-DIC-PCG.fixedNORM': 'DICPCG',
  'FOAM-GAMG-PCG.fixedNORM': 'GAMGPCG',
};

/** OpenFOAM of the first generation. */
export function convertOpenFOAM(spec: Source): Draft {
  const given = spec.take('problemSize') ?? 'S';
  const size = lookUp(sizes, given);
  const method = spec.take('iterativeMethod') ?? 'fixedNORM';
  const solver = lookUp(solvers, method);
  if (solver === undefined)
    spec.note('iterativeMethod', `${JSON.stringify(method)} needs a solver that the image lacks (PETSc); DICPCG is taken instead`);
  const iterations = method === 'fixedITER' ? size?.fixed : undefined;
  if (method === 'fixedITER' && size !== undefined && iterations === undefined)
    spec.note('iterativeMethod', 'has no number of iterations for this size; the pressure is solved to a residual instead');
  return {
    ...commonFields(spec),
    openFoam: {
      ...(size === undefined ? { size: given } : { cells: size.cells, steps: size.steps }),
      solver: solver ?? 'DICPCG',
      iterations,
      processes: spec.take('numProcs'),
      nodes: spec.take('numNodes'),
      transport: spec.take('transport'),
      port: spec.take('sshPort'),
    },
  };
}

function lookUp<T>(table: Readonly<Record<string, T>>, key: unknown): T | undefined {
  return typeof key === 'string' && Object.hasOwn(table, key) ? table[key] : undefined;
}
