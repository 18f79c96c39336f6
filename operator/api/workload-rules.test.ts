import { describe, expect, test } from '@jest/globals';
import { parameters as fioDefaults } from '../../runners/fio/testing.ts';
import { parameters as iperfDefaults } from '../../runners/iperf/testing.ts';
import { parameters as openFoamDefaults } from '../../runners/openFoam/testing.ts';
import { bandwidthParameters, latencyParameters } from '../../runners/perftest/testing.ts';
import { parameters as pyTorchDefaults } from '../../runners/pyTorch/testing.ts';
import { workloads } from '../../runners/registry.ts';
import { effectiveParameters } from './parameters.ts';
import { validateBenchmark } from './validate.ts';

// The workloads' own schemas and rules as a user meets them. The block of the workload replaces that of the case's title.

function problems(block: Record<string, object>): Record<string, string> {
  const object = { apiVersion: 'assay.dev/v1alpha1', kind: 'Benchmark', metadata: { name: 'case' }, spec: block };
  return Object.fromEntries(validateBenchmark(object).map(({ path, message }) => [path, message]));
}

test.each<[string, object, object]>([
  ['sleep', {}, { duration: '1s' }],
  ['cpusoaker', {}, { workers: 1, duration: '10s' }],
  ['iperf', {}, iperfDefaults()],
  ['fio', {}, fioDefaults()],
  ['rdmaBandwidth', {}, bandwidthParameters()],
  ['rdmaLatency', {}, latencyParameters()],
  ['pyTorch', {}, pyTorchDefaults()],
  ['openFoam', {}, openFoamDefaults()],
  [
    'fio',
    { volume: { claimTemplate: { size: '1Gi' } } },
    fioDefaults({ volume: { claimTemplate: { size: '1Gi', accessMode: 'ReadWriteOnce', shared: false } } }),
  ],
])('%s with %j has the defaults that its tests use', (name, given, expected) => {
  expect(effectiveParameters({ [name]: given })).toEqual(expected);
});

describe('accepted', () => {
  test.each<[string, Record<string, object>]>([
    ['a short sleep', { sleep: { duration: '1.5ms' } }],
    ['many threads', { cpusoaker: { workers: 256, duration: '24h' } }],
    ['UDP with a rate', { iperf: { protocol: 'UDP', bitrate: '2.5G', length: '1400' } }],
    ['sizes and rates as plain numbers', { iperf: { protocol: 'UDP', bitrate: 1_000_000, length: 1400, window: 65_536 } }],
    ['a block size as a plain number', { fio: { blockSize: 4096, size: 1_048_576, rate: 1_000_000 } }],
    ['as fast as possible', { iperf: { protocol: 'UDP', bitrate: '0' } }],
    ['iperf 2 both ways', { iperf: { version: 2, bidirectional: true } }],
    ['iperf 2 that omits nothing', { iperf: { version: 2, omit: '0m0s' } }],
    ['further options', { iperf: { extraArgs: ['--congestion=bbr', '-Z'] } }],
    ['a mix of reads and writes', { fio: { rw: 'randrw', readPercent: 70, randomPercent: 50, fdatasync: 1 } }],
    ['depth with direct I/O', { fio: { ioDepth: 32 } }],
    ['depth with io_uring through the page cache', { fio: { ioDepth: 32, engine: 'io_uring', direct: false } }],
    ['mmap through the page cache', { fio: { engine: 'mmap', direct: false } }],
    [
      'KP-7 a shared claim',
      { fio: { workers: 4, volume: { claimTemplate: { size: '10Gi', accessMode: 'ReadWriteMany', shared: true } } } },
    ],
    ['a claim that exists', { fio: { volume: { claimName: 'data.old-1' } } }],
    ['RDMA by all sizes', { rdmaBandwidth: { mode: 'send', queuePairs: 16_384, iterations: 5, extraArgs: ['--rx-depth=512'] } }],
    ['RDMA by time', { rdmaLatency: { mode: 'write', messageSize: '4Ki', duration: '1m' } }],
    ['RDMA devices by role', { rdmaLatency: { device: 'mlx5_0', devices: { client: 'mlx5_1' } } }],
    ['a write without acknowledgements', { rdmaBandwidth: { mode: 'write', connection: 'UC', rdmaCM: false } }],
    ['datagrams', { rdmaLatency: { mode: 'send', connection: 'UD', messageSize: 64 } }],
    ['training on the CPU with an odd batch', { pyTorch: { model: 'llama', mode: 'train', batchSize: 1, precision: 'BF16' } }],
    ['an odd batch on one GPU', { pyTorch: { device: 'CUDA', batchSize: 7 }, pod: { resources: { limits: { 'nvidia.com/gpu': 1 } } } }],
    [
      'GPUs by the limits of the role',
      { pyTorch: { device: 'CUDA', precision: 'TF32' }, roles: { worker: { pod: { resources: { limits: { 'nvidia.com/gpu': '4' } } } } } },
    ],
    ['a mesh of its own size', { openFoam: { cells: 64, solver: 'GAMG', iterations: 5, processes: 12, nodes: 4, transport: 'RDMA' } }],
    ['a job file', { fio: { readPercent: 30, fdatasync: 4, jobFile: '[a]\nrw=randrw\n' } }],
  ])('%s', (_, block) => {
    expect(problems(block)).toEqual({});
  });
});

describe('refused', () => {
  test.each<[string, Record<string, object>, string, string]>([
    [
      'KP-38 RDMA by iterations and time',
      { rdmaBandwidth: { iterations: 9, duration: '5s', messageSize: 2 } },
      'spec.rdmaBandwidth.duration',
      'exclude each other',
    ],
    ['KP-38 RDMA of all sizes by time', { rdmaLatency: { duration: '5s' } }, 'spec.rdmaLatency.messageSize', 'needs messageSize'],
    ['KP-38 4 iterations', { rdmaBandwidth: { iterations: 4 } }, 'spec.rdmaBandwidth.iterations', '5'],
    ['KP-38 port 80', { rdmaLatency: { port: 80 } }, 'spec.rdmaLatency.port', '1024'],
    [
      'a read without acknowledgements',
      { rdmaBandwidth: { connection: 'UC', rdmaCM: false } },
      'spec.rdmaBandwidth.connection',
      'UC cannot read',
    ],
    ['a write of datagrams', { rdmaBandwidth: { mode: 'write', connection: 'UD' } }, 'spec.rdmaBandwidth.connection', 'can only send'],
    ['UC by the connection manager', { rdmaLatency: { mode: 'send', connection: 'UC' } }, 'spec.rdmaLatency.rdmaCM', 'rdmaCM: false'],
    ['no queue pair', { rdmaBandwidth: { queuePairs: 0 } }, 'spec.rdmaBandwidth.queuePairs', '1'],
    ['an atomic operation', { rdmaBandwidth: { mode: 'atomic' } }, 'spec.rdmaBandwidth.mode', 'read'],
    ['a message size of SI', { rdmaBandwidth: { messageSize: '64k' } }, 'spec.rdmaBandwidth.messageSize', '64Ki'],
    ['KP-34 a device that is an option', { rdmaLatency: { device: '-a' } }, 'spec.rdmaLatency.device', '-a'],
    ['KP-34 a device of two lines', { rdmaLatency: { devices: { server: 'a\nb' } } }, 'spec.rdmaLatency.devices.server', 'mlx5_0'],
    ['queue pairs of latency', { rdmaLatency: { queuePairs: 2 } }, 'spec.rdmaLatency.queuePairs', 'unknown field'],
    ['a read with an option of sending', { rdmaBandwidth: { extraArgs: ['--use-srq'] } }, 'spec.rdmaBandwidth.extraArgs[0]', 'not allowed'],
    ['KP-3 a solver that is not in the image', { openFoam: { solver: 'PETSc' } }, 'spec.openFoam.solver', 'DICPCG'],
    [
      'KP-38 ranks that nodes cannot share evenly',
      { openFoam: { processes: 3, nodes: 2 } },
      'spec.openFoam.processes',
      'a multiple of nodes',
    ],
    ['KP-38 more ranks in a row than cells', { openFoam: { cells: 8, processes: 11 } }, 'spec.openFoam.processes', '8 cells along an edge'],
    ['KP-38 a size and another one', { openFoam: { size: 'S', cells: 60 } }, 'spec.openFoam.cells', 'exclude each other'],
    ['KP-38 RDMA within a node', { openFoam: { processes: 2, transport: 'RDMA' } }, 'spec.openFoam.transport', 'nodes: 2 or more'],
    ['KP-38 a mesh of nothing', { openFoam: { cells: 0 } }, 'spec.openFoam.cells', '8'],
    ['a sleep without a unit', { sleep: { duration: '10' } }, 'spec.sleep.duration', '10'],
    ['a sleep of two days', { sleep: { duration: '48h' } }, 'spec.sleep.duration', 'up to 24h'],
    ['a sleep that runs a command', { sleep: { duration: '1s; id' } }, 'spec.sleep.duration', '1s; id'],
    ['no thread', { cpusoaker: { workers: 0 } }, 'spec.cpusoaker.workers', '1'],
    ['a flash of counting', { cpusoaker: { duration: '1ms' } }, 'spec.cpusoaker.duration', '100ms to 24h'],
    ['iperf 1', { iperf: { version: 1 } }, 'spec.iperf.version', '2'],
    ['no stream', { iperf: { streams: 0 } }, 'spec.iperf.streams', '1'],
    ['too many streams', { iperf: { streams: 129 } }, 'spec.iperf.streams', '128'],
    ['more bytes than there are', { fio: { size: 1e21 } }, 'spec.fio.size', '0 to 9007199254740991'],
    ['a rate below zero', { iperf: { protocol: 'UDP', bitrate: -1 } }, 'spec.iperf.bitrate', '-1'],
    ['a plain number that is no multiple of 512', { fio: { blockSize: 1000 } }, 'spec.fio.blockSize', 'multiple of 512'],
    ['half a second', { iperf: { duration: '500ms' } }, 'spec.iperf.duration', '500ms'],
    ['a port that needs root', { iperf: { port: 80 } }, 'spec.iperf.port', '1024'],
    ['the last port, which leaves none for readiness', { iperf: { port: 65535 } }, 'spec.iperf.port', '65534'],
    ['SCTP', { iperf: { protocol: 'SCTP' } }, 'spec.iperf.protocol', 'TCP'],
    ['UDP without a rate', { iperf: { protocol: 'UDP' } }, 'spec.iperf.bitrate', 'UDP needs bitrate'],
    ['both directions twice', { iperf: { reverse: true, bidirectional: true } }, 'spec.iperf.bidirectional', 'exclude each other'],
    ['omit with iperf 2', { iperf: { version: 2, omit: '1s' } }, 'spec.iperf.omit', 'iperf 2 cannot omit'],
    [
      'UDP both ways with iperf 2',
      { iperf: { version: 2, protocol: 'UDP', bitrate: '1G', bidirectional: true } },
      'spec.iperf.bidirectional',
      'take version 3',
    ],
    ['a length with an SI suffix', { iperf: { length: '128k' } }, 'spec.iperf.length', '128k'],
    ['a rate with a binary suffix', { iperf: { bitrate: '1Gi' } }, 'spec.iperf.bitrate', '1Gi'],
    ['an option that writes a file', { iperf: { extraArgs: ['--logfile=x'] } }, 'spec.iperf.extraArgs[0]', 'not allowed'],
    ['an unknown parameter', { iperf: { stream: 4 } }, 'spec.iperf.stream', 'streams'],
    ['an unknown pattern', { fio: { rw: 'trim' } }, 'spec.fio.rw', 'randread'],
    ['a block with an SI suffix', { fio: { blockSize: '4k' } }, 'spec.fio.blockSize', '4k'],
    ['an odd block', { fio: { blockSize: '1000' } }, 'spec.fio.blockSize', 'multiple of 512'],
    ['readPercent where nothing is mixed', { fio: { rw: 'read', readPercent: 50 } }, 'spec.fio.readPercent', 'rw: rw or rw: randrw'],
    ['readPercent above 100', { fio: { rw: 'rw', readPercent: 101 } }, 'spec.fio.readPercent', '100'],
    ['randomPercent of a sequence', { fio: { rw: 'write', randomPercent: 50 } }, 'spec.fio.randomPercent', 'randwrite'],
    ['fdatasync without writes', { fio: { rw: 'read', fdatasync: 1 } }, 'spec.fio.fdatasync', 'a pattern that writes'],
    ['depth of an engine without one', { fio: { engine: 'psync', ioDepth: 8 } }, 'spec.fio.ioDepth', 'one request in flight'],
    ['depth of libaio through the page cache', { fio: { ioDepth: 8, direct: false } }, 'spec.fio.ioDepth', 'set direct: true'],
    ['mmap with direct I/O', { fio: { engine: 'mmap' } }, 'spec.fio.direct', 'set direct: false'],
    ['KP-7 two volumes', { fio: { volume: { emptyDir: {}, claimName: 'data' } } }, 'spec.fio.volume', 'exactly one'],
    ['KP-7 no volume', { fio: { volume: {} } }, 'spec.fio.volume', 'exactly one'],
    ['a new claim without a size', { fio: { volume: { claimTemplate: {} } } }, 'spec.fio.volume.claimTemplate.size', ''],
    [
      'KP-7 a shared claim of one node',
      { fio: { volume: { claimTemplate: { size: '1Gi', shared: true } } } },
      'spec.fio.volume.claimTemplate.accessMode',
      'ReadWriteMany',
    ],
    ['a claim with a strange name', { fio: { volume: { claimName: '../etc' } } }, 'spec.fio.volume.claimName', '../etc'],
    ['a host path', { fio: { volume: { hostPath: '/etc' } } }, 'spec.fio.volume.hostPath', ''],
    [
      'KP-34 a job file that runs a program',
      { fio: { jobFile: '[a]\nexec_prerun=id\n' } },
      'spec.fio.jobFile',
      'line 2: "exec_prerun" is not allowed',
    ],
    ['KP-38 CUDA without a limit of GPUs', { pyTorch: { device: 'CUDA' } }, 'spec.pyTorch.device', 'spec.pod.resources.limits'],
    [
      'KP-38 an odd batch on two GPUs',
      { pyTorch: { device: 'CUDA', batchSize: 7 }, pod: { resources: { limits: { 'nvidia.com/gpu': 2 } } } },
      'spec.pyTorch.batchSize',
      'shared evenly by 2 GPUs',
    ],
    ['KP-38 TF32 on the CPU', { pyTorch: { precision: 'TF32' } }, 'spec.pyTorch.precision', 'a mode of GPUs'],
    ['no sample', { pyTorch: { batchSize: 0 } }, 'spec.pyTorch.batchSize', '1'],
    ['no iteration', { pyTorch: { iterations: 0 } }, 'spec.pyTorch.iterations', '1'],
    ['an unknown model', { pyTorch: { model: 'vgg16' } }, 'spec.pyTorch.model', 'resnet50'],
    ['another GPU', { pyTorch: { device: 'ROCm' } }, 'spec.pyTorch.device', 'CUDA'],
    ['an endless job file', { fio: { jobFile: '#'.repeat(5000) } }, 'spec.fio.jobFile', '4096'],
  ])('%s', (_, block, path, message) => {
    expect(problems(block)).toMatchObject({ [path]: expect.stringContaining(message) });
  });
});

describe('KP-9 the summary shows a metric that the workload has', () => {
  test.each(Object.values(workloads))('$name', (workload) => {
    const shown = workload.headline(effectiveParameters({ [workload.name]: {} }) ?? {});
    expect(workload.metrics.filter(({ name, better }) => name === shown && (better !== 'None' || name === 'measuredTime'))).toHaveLength(1);
  });
});
