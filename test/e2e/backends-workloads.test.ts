// Every kind of workload on the backends that start all pods at once, on real nodes: ranks, workers, pairs and single pods.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Benchmark, BenchmarkSpec } from '../../operator/api/types.ts';
import { type Conduct, watchConduct } from './conduct.ts';
import { implausible } from './plausible.ts';
import { RealCluster } from './real-cluster.ts';
import { install } from './release.ts';
import type { Space } from './space.ts';

let cluster: RealCluster;
let conduct: Conduct;

beforeAll(async () => {
  cluster = await RealCluster.connect();
  await install(cluster, { backends: { volcano: true, jobSet: true } });
  conduct = await watchConduct(cluster);
}, 200_000);

afterAll(() => cluster?.close(), 60_000);

const fio = { runtime: '2s', size: '8Mi', direct: false, engine: 'psync' } as const;

/** Short, and for MPI of small messages: ranks that wait spin, and here all of them share two cores. */
const runs: readonly [name: string, pods: number, spec: BenchmarkSpec][] = [
  ['iperf3', 2, { iperf: { duration: '2s', streams: 2 } }],
  ['iperf2', 2, { iperf: { version: 2, duration: '2s', streams: 2 } }],
  ['fio-one', 1, { fio }],
  ['fio-three', 4, { fio: { ...fio, workers: 3 }, placement: { topology: 'Any' } }],
  ['imb', 2, { mpiPingPong: { tool: 'IMB', maxMessageLog: 10, extraArgs: ['-iter', '20', '-time', '60'] } }],
  ['netpipe', 2, { mpiPingPong: { tool: 'NetPIPE', maxMessageLog: 10, extraArgs: ['-n', '10'] } }],
  ['openfoam', 2, { openFoam: { cells: 16, steps: 3, processes: 2, nodes: 2 } }],
  ['pytorch', 1, { pyTorch: { model: 'alexnet', mode: 'eval', batchSize: 1, iterations: 3, warmupIterations: 1, threads: 1 } }],
];

const backends = ['Volcano', 'JobSet'] as const;

describe.each(backends)('on %s', (backend) => {
  let space: Space;

  beforeAll(async () => {
    space = await cluster.space(`workloads-${backend.toLowerCase()}`);
  }, 60_000);

  test.each(runs)(
    '%s gives plausible figures, each pod where it belongs',
    async (name, pods, spec) => {
      await space.create(name, { ...spec, backend });
      const done: Benchmark = await space.untilPhase(name, 'Succeeded', 240_000);
      expect({ wrong: implausible(done), pods: done.status?.attempts?.at(-1)?.pods.length }).toEqual({ wrong: [], pods });
    },
    250_000,
  );
});

test('the operator met no right that it lacks, and did not end', async () => {
  expect([await conduct.refused(), await conduct.restarts()]).toEqual([[], []]);
});
