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
  test.each([
    [{}, { cells: 100, solver: 'DICPCG' }],
    [{ problemSize: 'XXL' }, { cells: 600, solver: 'DICPCG' }],
    [{ iterativeMethod: 'fixedITER' }, { cells: 100, solver: 'DICPCG', iterations: 250 }],
    [{ iterativeMethod: 'FOAM-GAMG-PCG.fixedNORM' }, { cells: 100, solver: 'GAMGPCG' }],
    [
      { numProcs: 8, numNodes: 2, transport: 'RDMA', sshPort: 2222 },
      { cells: 100, solver: 'DICPCG', processes: 8, nodes: 2, transport: 'RDMA', port: 2222 },
    ],
  ])('%j', (given, openFoam) => {
    expect(convertedSpec(convertOpenFOAM, given)).toEqual({ spec: { openFoam }, notes: [] });
  });

  test.each(['PETSc-AMG-CG.fixedNORM', 'constructor'])('the solver %s is replaced and named', (iterativeMethod) => {
    const { spec, notes } = convertedSpec(convertOpenFOAM, { iterativeMethod });
    expect([spec, notes.map(({ path }) => path)]).toEqual([{ openFoam: { cells: 100, solver: 'DICPCG' } }, ['spec.iterativeMethod']]);
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

  test('a network is named as left out, once', () => {
    const { notes } = convertedSpec(convertPyTorch, { hostNetwork: false, networkName: 'x', mtu: 1500 });
    expect(notes.map(({ path }) => path)).toEqual(['spec.hostNetwork', 'spec.networkName', 'spec.mtu']);
  });
});
