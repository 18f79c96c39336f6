import { commonFields, type Draft } from './common.ts';
import type { Source } from './source.ts';

/** Cells along an edge of the sizes of the first generation, which are those of OpenFOAM's HPC committee; ours of the same name are smaller. */
const edges: Readonly<Record<string, number>> = { S: 100, M: 200, XL: 400, XXL: 600 };

/** Iterations that `fixedITER` always makes. */
const fixedIterations = 250;

const solvers: Readonly<Record<string, Draft>> = {
  fixedITER: { solver: 'DICPCG', iterations: fixedIterations },
  fixedNORM: { solver: 'DICPCG' },
  'FOAM-DIC-PCG.fixedNORM': { solver: 'DICPCG' },
  'FOAM-GAMG-PCG.fixedNORM': { solver: 'GAMGPCG' },
};

/** OpenFOAM of the first generation. */
export function convertOpenFOAM(spec: Source): Draft {
  const size = spec.take('problemSize') ?? 'S';
  const method = spec.take('iterativeMethod') ?? 'fixedNORM';
  const solver = typeof method === 'string' && Object.hasOwn(solvers, method) ? solvers[method] : undefined;
  if (solver === undefined)
    spec.note('iterativeMethod', `${JSON.stringify(method)} needs a solver that the image lacks (PETSc); DICPCG is taken instead`);
  const cells = typeof size === 'string' && Object.hasOwn(edges, size) ? edges[size] : undefined;
  return {
    ...commonFields(spec),
    openFoam: {
      ...(cells === undefined ? { size } : { cells }),
      ...(solver ?? { solver: 'DICPCG' }),
      processes: spec.take('numProcs'),
      nodes: spec.take('numNodes'),
      transport: spec.take('transport'),
      port: spec.take('sshPort'),
    },
  };
}
