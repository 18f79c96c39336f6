import { describe, expect, test } from '@jest/globals';
import { convertMPIPingPong } from './mpi-ping-pong.ts';
import { convertOpenFOAM } from './open-foam.ts';
import { convertPyTorch } from './py-torch.ts';
import { convertRDMABandwidth, convertRDMALatency } from './rdma.ts';
import { convertedSpec } from './testing.ts';

test.each([
  ['bandwidth', convertRDMABandwidth, { rdmaBandwidth: { mode: 'write', iterations: 25, extraArgs: ['--tclass=96'], queuePairs: 64 } }],
  ['latency', convertRDMALatency, { rdmaLatency: { mode: 'write', iterations: 25, extraArgs: ['--tclass=96'] } }],
])('RDMA %s', (_, converter, ours) => {
  expect(convertedSpec(converter, { mode: 'write', iterations: 25, extraArgs: ['--tclass=96'], qps: 64 }).spec).toEqual(ours);
});

test('latency has no queue pairs', () => {
  expect(convertedSpec(convertRDMALatency, { qps: 2 }).notes).toMatchObject([{ path: 'spec.qps' }]);
});

test('MPIPingPong is the pingpong of IMB', () => {
  expect(convertedSpec(convertMPIPingPong, { transport: 'RDMA', maxlog: 20, sshPort: 2200 })).toEqual({
    spec: { mpiPingPong: { tool: 'IMB', benchmarks: ['pingpong'], transport: 'RDMA', maxMessageLog: 20, port: 2200 } },
    notes: [],
  });
});

describe('OpenFOAM', () => {
  // So many ranks that ours need no more time than they have by themselves.
  const numProcs = 512;
  const openFoam = (given: object) => convertedSpec(convertOpenFOAM, { numProcs, ...given });

  test.each([
    ['S', { cells: 100, steps: 500 }, 250],
    ['M', { cells: 200, steps: 2000 }, 650],
    ['XL', { cells: 400, steps: 100 }, 1300],
  ])('the size %s is as many cells and steps, and has a fixed number of iterations of its own', (problemSize, size, iterations) => {
    const solved = { ...size, solver: 'DICPCG', processes: numProcs };
    expect(openFoam({ problemSize }).spec['openFoam']).toEqual(solved);
    expect(openFoam({ problemSize, iterativeMethod: 'fixedITER' }).spec['openFoam']).toEqual({ ...solved, iterations });
  });

  test('the largest size has no fixed number of iterations, which is said', () => {
    const { spec, notes } = openFoam({ problemSize: 'XXL', iterativeMethod: 'fixedITER' });
    expect([spec['openFoam'], notes]).toEqual([
      { cells: 600, steps: 100, solver: 'DICPCG', processes: numProcs },
      [{ path: 'spec.iterativeMethod', message: expect.stringContaining('solved to a residual instead') }],
    ]);
  });

  test.each([
    ['fixedNORM', 'DICPCG'],
    ['FOAM-DIC-PCG.fixedNORM', 'DICPCG'],
    ['FOAM-GAMG-PCG.fixedNORM', 'GAMGPCG'],
  ])('the method %s is %s', (iterativeMethod, solver) => {
    expect(openFoam({ iterativeMethod })).toMatchObject({ spec: { openFoam: { solver } }, notes: [] });
  });

  test('ranks, nodes, transport and port', () => {
    expect(openFoam({ numProcs: 8, numNodes: 2, transport: 'RDMA', sshPort: 2222 }).spec).toEqual({
      openFoam: { cells: 100, steps: 500, solver: 'DICPCG', processes: 8, nodes: 2, transport: 'RDMA', port: 2222 },
    });
  });

  test.each(['PETSc-AMG-CG.fixedNORM', 'constructor'])('the solver %s is replaced and named', (iterativeMethod) => {
    const { spec, notes } = openFoam({ iterativeMethod });
    expect([spec, notes.map(({ path }) => path)]).toMatchObject([{ openFoam: { solver: 'DICPCG' } }, ['spec.iterativeMethod']]);
  });

  test('a size that is none stays, for the validation to refuse', () => {
    expect(convertedSpec(convertOpenFOAM, { problemSize: 'L' }).spec).toMatchObject({ openFoam: { size: 'L' } });
  });
});

describe('PyTorch', () => {
  test('all fields', () => {
    const given = {
      device: 'cuda',
      model: 'llama',
      benchmarkType: 'train',
      inputBatchSize: 8,
      resources: { limits: { 'nvidia.com/gpu': 2 } },
    };
    expect(convertedSpec(convertPyTorch, given)).toEqual({
      spec: {
        pod: { resources: { limits: { 'nvidia.com/gpu': 2 } } },
        pyTorch: { model: 'llama', mode: 'train', device: 'CUDA', batchSize: 8 },
      },
      notes: [],
    });
  });

  test('its defaults are written out where ours are others', () => {
    expect(convertedSpec(convertPyTorch, { model: 'alexnet' }).spec).toEqual({ pyTorch: { model: 'alexnet', batchSize: 64 } });
  });

  test('a number of GPUs is named, with where ours stands', () => {
    expect(convertedSpec(convertPyTorch, { gpuCount: 2 }).notes).toEqual([
      { path: 'spec.gpuCount', message: expect.stringContaining('nvidia.com/gpu') },
    ]);
  });

  test('a network is named as left out, once', () => {
    const { notes } = convertedSpec(convertPyTorch, { hostNetwork: false, networkName: 'x', mtu: 1500 });
    expect(notes.map(({ path }) => path)).toEqual(['spec.hostNetwork', 'spec.networkName', 'spec.mtu']);
  });
});
