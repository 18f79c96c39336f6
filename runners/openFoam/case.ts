import type { Entries } from './dictionary.ts';
import { foamFile } from './dictionary.ts';
import { linearSolvers } from './linear-solvers.ts';
import { boxesFor } from './mesh.ts';
import type { OpenFoamParameters } from './parameters.ts';

/** What decides about a case; `cells` are those along each edge. */
export type CaseSettings = Pick<OpenFoamParameters, 'steps' | 'solver' | 'iterations' | 'processes'> & { cells: number };

/** Edge of the cube, m; speed of the lid, m/s; viscosity, m2/s: a Reynolds number of 10, far below turbulence. */
const edge = 0.1;
const speed = 1;
const viscosity = 0.01;
/** Cells that the lid passes in a step. */
const courant = 0.5;

/** The files of a case by their path in its folder: a cube at rest, whose lid moves along x from then on. */
export function caseFiles(settings: CaseSettings): Record<string, string> {
  const { cells, processes } = settings;
  const files: Record<string, [type: string, entries: Entries]> = {
    'system/controlDict': ['dictionary', control(settings)],
    'system/fvSchemes': ['dictionary', schemes],
    'system/fvSolution': [
      'dictionary',
      {
        solvers: linearSolvers(settings),
        PISO: { nCorrectors: 2, nNonOrthogonalCorrectors: 0, pRefCell: 0, pRefValue: 0 },
      },
    ],
    'system/blockMeshDict': ['dictionary', cube(cells)],
    'system/decomposeParDict': [
      'dictionary',
      { numberOfSubdomains: processes, method: 'simple', simpleCoeffs: { n: boxesFor(processes), delta: 0.001 } },
    ],
    'constant/transportProperties': ['dictionary', { nu: viscosity }],
    '0/U': ['volVectorField', field('[0 1 -1 0 0 0 0]', '(0 0 0)', { type: 'fixedValue', value: `uniform (${speed} 0 0)` }, 'noSlip')],
    '0/p': ['volScalarField', field('[0 2 -2 0 0 0 0]', '0', { type: 'zeroGradient' }, 'zeroGradient')],
  };
  return Object.fromEntries(
    Object.entries(files).map(([path, [type, entries]]) => [path, foamFile(type, path.replace(/.*\//, ''), entries)]),
  );
}

function control({ cells, steps }: CaseSettings): Entries {
  const deltaT = (courant * edge) / (cells * speed);
  return {
    application: 'icoFoam',
    startFrom: 'startTime',
    startTime: 0,
    stopAt: 'endTime',
    endTime: steps * deltaT,
    deltaT,
    writeControl: 'timeStep',
    // After the end: it is not the disk that is measured.
    writeInterval: steps + 1,
    writeFormat: 'binary',
    timeFormat: 'general',
    timePrecision: 9,
    runTimeModifiable: 'false',
  };
}

const schemes: Entries = {
  ddtSchemes: { default: 'Euler' },
  gradSchemes: { default: 'Gauss linear' },
  divSchemes: { default: 'none', 'div(phi,U)': 'Gauss linear' },
  laplacianSchemes: { default: 'Gauss linear orthogonal' },
  interpolationSchemes: { default: 'linear' },
  snGradSchemes: { default: 'orthogonal' },
};

/** Corners are numbered along the bottom, then along the lid. */
function cube(cells: number): Entries {
  const square = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ];
  const corners = [0, 1].flatMap((z) => square.map(([x = 0, y = 0]) => [x, y, z]));
  const sides = [0, 1, 2, 3].map((corner) => [corner, (corner + 1) % 4, ((corner + 1) % 4) + 4, corner + 4]);
  return {
    scale: edge,
    vertices: corners,
    blocks: ['hex', [0, 1, 2, 3, 4, 5, 6, 7], [cells, cells, cells], 'simpleGrading', [1, 1, 1]],
    boundary: ['lid', { type: 'wall', faces: [[4, 5, 6, 7]] }, 'walls', { type: 'wall', faces: [[0, 3, 2, 1], ...sides] }],
  };
}

function field(dimensions: string, inside: string, lid: Entries, walls: string): Entries {
  return { dimensions, internalField: `uniform ${inside}`, boundaryField: { lid, walls: { type: walls } } };
}
