// OpenFOAM over two nodes, its ranks started without ssh, in a namespace that is restricted.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Benchmark } from '../../operator/api/types.ts';
import { type Conduct, watchConduct } from './conduct.ts';
import { implausible } from './plausible.ts';
import { RealCluster } from './real-cluster.ts';
import { install } from './release.ts';
import type { Space } from './space.ts';

let cluster: RealCluster;
let space: Space;
let conduct: Conduct;

beforeAll(async () => {
  cluster = await RealCluster.connect();
  space = await cluster.space('openfoam');
  await install(cluster);
  conduct = await watchConduct(cluster);
}, 200_000);

afterAll(() => cluster?.close(), 60_000);

const value = ({ status }: Benchmark, name: string) => status?.metrics?.find((metric) => metric.name === name)?.value;

describe.each([
  ['solved to a residual', { cells: 24, steps: 5, processes: 2, nodes: 2 }],
  ['by multigrid, as many iterations each step', { cells: 24, steps: 5, solver: 'GAMG', iterations: 3, processes: 4, nodes: 2 }],
] as const)('a flow %s', (title, openFoam) => {
  const name = title.replaceAll(/[^a-z]+/g, '-');
  let run: Benchmark;

  beforeAll(async () => {
    await space.create(name, { openFoam });
    run = await space.untilPhase(name, 'Succeeded', 240_000);
  }, 250_000);

  test('KP-3 gives plausible figures', () => {
    expect(implausible(run)).toEqual([]);
  });

  test('is computed by the ranks of both nodes', () => {
    const nodes = run.status?.attempts?.at(-1)?.pods.map(({ node }) => node) ?? [];
    expect(nodes).toHaveLength(2);
    expect(nodes).toEqual(expect.arrayContaining(['n1', 'n2']));
  });

  test('is the mesh that was asked for', () => {
    expect(value(run, 'cells')).toBe(13_824);
  });
});

test('the operator met no refusal and was not restarted', async () => {
  expect([await conduct.refused(), await conduct.restarts()]).toEqual([[], []]);
});
