import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { launchArguments } from '../launch/ranks.ts';
import type { OpenFoamParameters } from './parameters.ts';
import { expectedTime, plan } from './plan.ts';
import { parameters } from './testing.ts';

function launcher(changes: Partial<OpenFoamParameters> = {}) {
  const task = plan(parameters(changes)).find(({ name }) => name === 'launcher')?.task;
  if (task === undefined) throw new Error('there is no launcher');
  return task;
}

describe('one rank', () => {
  test('is one pod without MPI', () => {
    expect(plan(parameters())).toMatchObject([{ name: 'launcher', replicas: 1, ends: true, task: { measures: true } }]);
    expect(launcher().argv).toEqual(['node', { script: 'openFoam/run.ts' }]);
  });

  test('knows where OpenFOAM is installed', () => {
    expect(launcher().env).toMatchObject({ WM_PROJECT_DIR: '/usr/share/openfoam' });
  });
});

describe('the case', () => {
  test.each<[string, Partial<OpenFoamParameters>, object]>([
    ['the defaults', {}, { cells: 50, steps: 20, solver: 'DICPCG', processes: 1 }],
    [
      'every parameter',
      { cells: 60, steps: 5, solver: 'GAMG', iterations: 7, processes: 8, nodes: 2 },
      { cells: 60, steps: 5, solver: 'GAMG', processes: 8, iterations: 7 },
    ],
    ['a size', { size: 'XL' }, { cells: 200, steps: 20, solver: 'DICPCG', processes: 1 }],
  ])('of %s is in a file of the launcher', (_, changes, settings) => {
    const file = launcher(changes).files?.find(({ name }) => name === 'case.json');
    expect(file).toEqual({ name: 'case.json', content: expect.any(String) });
    expect(JSON.parse(typeof file?.content === 'string' ? file.content : '')).toEqual(settings);
  });
});

describe('several ranks', () => {
  const ranks = { flavour: 'OpenMPI', nodes: 4, processes: 32, order: 'BySlot', transport: 'TCP', port: 3000 } as const;
  const given = { processes: 32, nodes: 4, port: 3000 };

  test('are a launcher and a worker on each further node', () => {
    const roles = plan(parameters(given)).map(({ name, replicas, ends }) => ({ name, replicas, ends }));
    expect(roles).toEqual([
      { name: 'worker', replicas: 3, ends: false },
      { name: 'launcher', replicas: 1, ends: true },
    ]);
  });

  test.each(['TCP', 'RDMA'] as const)('KP-3 are started over %s, give way to others, and are told where OpenFOAM is', (transport) => {
    const words = launchArguments({ ...ranks, transport }, ['--mca', 'mpi_yield_when_idle', '1', '-x', 'WM_PROJECT_DIR']);
    expect(launcher({ ...given, transport }).argv).toEqual(['node', { script: 'openFoam/run.ts' }, ...words]);
  });

  test('of one node are a launcher alone', () => {
    expect(plan(parameters({ processes: 8 })).map(({ name }) => name)).toEqual(['launcher']);
    expect(launcher({ processes: 8 }).argv).toContain('mpirun');
  });
});

describe('time', () => {
  test.each<[string, Partial<OpenFoamParameters>, number]>([
    ['S on one core', {}, 2 + 0.625 + 15],
    ['S in twice the steps', { steps: 40 }, 2 + 0.625 + 30],
    ['S on four cores', { processes: 4 }, 2 + 0.625 + 3.75],
    ['M on 64 cores', { size: 'M', processes: 64 }, 2 + 5 + 3.75],
  ])('%s is expected to take', (_, changes, seconds) => {
    expect(expectedTime(parameters(changes))).toBeCloseTo(seconds, 6);
  });

  test.each<[string, Partial<OpenFoamParameters>, number]>([
    ['many times as long', {}, 473],
    ['at most a day', { size: 'XXL', steps: 10_000 }, 86_400],
  ])('and is given up after %s', (_, changes, seconds) => {
    expect(launcher(changes).deadline).toBe(seconds);
  });
});

test('no run is given up before it is expected to end, and none lasts longer than a day', () => {
  const asked = fc.record({
    cells: fc.integer({ min: 8, max: 600 }),
    steps: fc.integer({ min: 1, max: 10_000 }),
    processes: fc.integer({ min: 1, max: 4096 }),
  });
  fc.assert(
    fc.property(asked, (changes) => {
      const { deadline = 0 } = launcher(changes);
      expect(deadline).toBeLessThanOrEqual(86_400);
      expect(deadline).toBeGreaterThan(Math.min(86_399, expectedTime(parameters(changes))));
    }),
  );
});
