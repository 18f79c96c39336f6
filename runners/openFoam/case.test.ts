import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { CaseSettings } from './case.ts';
import { caseFiles } from './case.ts';
import { check } from './check.ts';
import { cellsAlongEdge } from './mesh.ts';
import { parameters } from './testing.ts';

function files(changes: Partial<CaseSettings> = {}): Record<string, string> {
  return caseFiles({ cells: 50, steps: 20, solver: 'DICPCG', processes: 1, ...changes });
}

/** What stands behind a keyword that is there once. */
function entry(text = '', keyword: string): string | undefined {
  return new RegExp(`^ *${keyword} (.*);$`, 'm').exec(text)?.[1];
}

test('the files that OpenFOAM looks for are there, each with its name in its head', () => {
  const made = files();
  expect(Object.keys(made)).toEqual([
    'system/controlDict',
    'system/fvSchemes',
    'system/fvSolution',
    'system/blockMeshDict',
    'system/decomposeParDict',
    'constant/transportProperties',
    '0/U',
    '0/p',
  ]);
  expect(Object.entries(made).filter(([path, text]) => entry(text, 'object') !== path.split('/')[1])).toEqual([]);
});

describe('time', () => {
  test.each([
    [50, 20, '0.001', '0.02'],
    [100, 1, '0.0005', '0.0005'],
  ])('%i cells and %i steps', (cells, steps, deltaT, endTime) => {
    const control = files({ cells, steps })['system/controlDict'];
    expect([entry(control, 'deltaT'), entry(control, 'endTime')]).toEqual([deltaT, endTime]);
  });

  test('nothing is written before the run is over', () => {
    expect(entry(files({ steps: 7 })['system/controlDict'], 'writeInterval')).toBe('8');
  });
});

test('the mesh is one cube of equal cells', () => {
  expect(entry(files({ cells: 30 })['system/blockMeshDict'], 'blocks')).toBe('(hex (0 1 2 3 4 5 6 7) (30 30 30) simpleGrading (1 1 1))');
});

test('its six sides are the lid and the walls, each with four corners of its own', () => {
  const text = files()['system/blockMeshDict'] ?? '';
  const sides = [...text.matchAll(/faces \((.*)\);/g)].flatMap(([, faces = '']) => faces.match(/\d \d \d \d/g) ?? []);
  expect(sides).toEqual(['4 5 6 7', '0 3 2 1', '0 1 5 4', '1 2 6 5', '2 3 7 6', '3 0 4 7']);
});

test('it is cut into a box for each rank', () => {
  const text = files({ processes: 6 })['system/decomposeParDict'];
  expect([entry(text, 'numberOfSubdomains'), entry(text, 'n')]).toEqual(['6', '(1 2 3)']);
});

test('the solver is the one asked for', () => {
  expect(files({ solver: 'GAMG', iterations: 3 })['system/fvSolution']).toMatch(
    /p \{\n {4}solver GAMG;\n {4}smoother GaussSeidel;\n {4}tolerance 0;\n {4}relTol 0;\n {4}minIter 3;\n {4}maxIter 3;/,
  );
});

test('the lid moves, the walls and the fluid rest', () => {
  const { '0/U': velocity = '' } = files();
  expect(velocity).toContain('internalField uniform (0 0 0);');
  expect(velocity).toMatch(/lid \{\n {4}type fixedValue;\n {4}value uniform \(1 0 0\);\n/);
  expect(velocity).toMatch(/walls \{\n {4}type noSlip;\n/);
});

/** Steps that OpenFOAM makes of a control file: until less than half a step is left. */
function stepsOf(control = ''): number {
  const [deltaT, endTime] = ['deltaT', 'endTime'].map((keyword) => Number(entry(control, keyword)));
  if (!(deltaT !== undefined && deltaT > 0 && endTime !== undefined)) throw new Error('there are no times');
  let steps = 0;
  for (let time = 0; time < endTime - deltaT / 2; time += deltaT) steps++;
  return steps;
}

describe('whatever is asked for', () => {
  const edge = fc.integer({ min: 8, max: 600 });

  test('OpenFOAM makes as many steps', () => {
    fc.assert(
      fc.property(edge, fc.integer({ min: 1, max: 10_000 }), (cells, steps) => {
        expect(stepsOf(files({ cells, steps })['system/controlDict'])).toBe(steps);
      }),
    );
  });

  test('each rank gets a box, and each box a cell', () => {
    fc.assert(
      fc.property(edge, fc.integer({ min: 1, max: 4096 }), (cells, processes) => {
        fc.pre(check(parameters({ cells, processes })).length === 0);
        const boxes = (entry(files({ cells, processes })['system/decomposeParDict'], 'n') ?? '').match(/\d+/g)?.map(Number) ?? [];
        expect(boxes.reduce((product, count) => product * count, 1)).toBe(processes);
        expect(Math.max(...boxes)).toBeLessThanOrEqual(cells);
      }),
    );
  });

  test.each(['S', 'M', 'XL', 'XXL'] as const)('size %s has no figure that OpenFOAM could not read', (size) => {
    const cells = cellsAlongEdge({ size });
    const text = Object.values(files({ cells, processes: 64, iterations: 250 })).join('');
    expect(text).not.toMatch(/NaN|undefined|Infinity|\[object/);
    expect(text.match(/[{(]/g)?.length).toBe(text.match(/[})]/g)?.length);
  });
});

describe('the flow is the one that the page tells', () => {
  test('a Reynolds number of 10: the speed of the lid times the edge by the viscosity', () => {
    const made = files();
    const [edge, viscosity] = [entry(made['system/blockMeshDict'], 'scale'), entry(made['constant/transportProperties'], 'nu')].map(Number);
    expect((1 * (edge ?? 0)) / (viscosity ?? 0)).toBeCloseTo(10);
  });

  test.each([8, 50, 300, 600])('with %i cells along an edge the lid passes half a cell in a step', (cells) => {
    const made = files({ cells });
    const [edge, deltaT] = [entry(made['system/blockMeshDict'], 'scale'), entry(made['system/controlDict'], 'deltaT')].map(Number);
    expect(((deltaT ?? 0) * cells) / (edge ?? 0)).toBeCloseTo(0.5, 12);
  });

  test('speeds are in m/s and pressures in m2/s2, as OpenFOAM counts them for a fluid of one density', () => {
    const { '0/U': velocity, '0/p': pressure } = files();
    expect([entry(velocity, 'dimensions'), entry(pressure, 'dimensions')]).toEqual(['[0 1 -1 0 0 0 0]', '[0 2 -2 0 0 0 0]']);
  });
});
