import { launchRoles } from '../launch/plan.ts';
import type { Ranks } from '../launch/ranks.ts';
import { launchArguments } from '../launch/ranks.ts';
import type { RolePlan } from '../workload.ts';
import type { CaseSettings } from './case.ts';
import { cellsAlongEdge } from './mesh.ts';
import type { OpenFoamParameters } from './parameters.ts';

const day = 86_400;
/** Seconds a step on one core of a few GHz, over the fourth power of the cells along an edge: iterations grow with the edge, too. */
const perCell = 1.2e-7;
/** Seconds a cell that making the mesh and its parts takes. */
const perCellOfMesh = 5e-6;
/** How many times slower than forecast a run may be before it is given up. */
const patience = 20;

/** Where Debian has the files that OpenFOAM's programs need. */
const installation = { WM_PROJECT_DIR: '/usr/share/openfoam' };
/**
 * Further words of mpirun. A rank that waits gives its core to one that has work: where there are fewer cores than ranks, spinning ones make a run
 * ten times slower.
 */
const more = ['--mca', 'mpi_yield_when_idle', '1', ...Object.keys(installation).flatMap((name) => ['-x', name])];

/** The launcher makes the case and starts the solver, whose ranks need nothing of it on their nodes. */
export function plan(parameters: OpenFoamParameters): RolePlan[] {
  const { steps, solver, iterations, processes, nodes, transport, port } = parameters;
  const settings: CaseSettings = {
    cells: cellsAlongEdge(parameters),
    steps,
    solver,
    processes,
    ...(iterations === undefined ? {} : { iterations }),
  };
  const ranks: Ranks = { flavour: 'OpenMPI', nodes, processes, order: 'BySlot', transport, port };
  return launchRoles(ranks, {
    argv: ['node', { script: 'openFoam/run.ts' }, ...(processes === 1 ? [] : launchArguments(ranks, more))],
    env: installation,
    files: [{ name: 'case.json', content: JSON.stringify(settings) }],
    deadline: Math.min(day, Math.ceil(120 + patience * expectedTime(parameters))),
  });
}

/** Seconds that a run takes on cores of a few GHz. */
export function expectedTime(parameters: OpenFoamParameters): number {
  const { steps, processes } = parameters;
  const cells = cellsAlongEdge(parameters);
  return 2 + perCellOfMesh * cells ** 3 + (perCell * cells ** 4 * steps) / processes;
}
