import { describe, expect, test } from '@jest/globals';
import { read, sample, sampleNames, values } from '../testing.ts';
import type { PyTorchParameters } from './parameters.ts';
import { parsePyTorch } from './parse.ts';
import { parameters, pyTorchSamples } from './testing.ts';

const good: [name: string, asked: Partial<PyTorchParameters>, metrics: Record<string, number>][] = [
  [
    'cpu_alexnet_train.json',
    { model: 'alexnet', mode: 'train', batchSize: 8, iterations: 3, warmupIterations: 1 },
    {
      samplesPerSecond: 8.476_613,
      iterationTimeMedian: 0.969_446_6,
      iterationTimeMean: 0.943_773_2,
      iterationTimeMin: 0.528_834_3,
      iterationTimeMax: 1.333_038_6,
      measuredTime: 2.831_319_5,
      cpuTime: 1.449_313_3,
      cpuUtilization: 0.511_886,
      peakCPUMemory: 1_059_536_896,
      gpus: 0,
      threads: 1,
    },
  ],
  [
    'cpu_llama_bf16.json',
    { model: 'llama', precision: 'BF16', batchSize: 1, iterations: 3, warmupIterations: 0 },
    { samplesPerSecond: 3.215_969, iterationTimeMedian: 0.263_758_3, peakCPUMemory: 694_190_080 },
  ],
  [
    'cpu_resnet50_eval.json',
    { batchSize: 4, iterations: 6, warmupIterations: 1, threads: 2 },
    { samplesPerSecond: 0.767_354, iterationTimeMedian: 5.257_22, threads: 2 },
  ],
  [
    'handmade_two_gpus.json',
    { mode: 'train', device: 'CUDA', precision: 'TF32', batchSize: 256, iterations: 5, warmupIterations: 2 },
    { samplesPerSecond: 2459.913_48, peakGPUMemory: 11_811_160_064, gpus: 2 },
  ],
];

const bad: [name: string, reason: string, message: string][] = [
  ['err_no_gpu.txt', 'OutputUnparsable', 'no JSON result'],
  ['err_no_memory.txt', 'OutOfMemory', 'too little memory'],
  ['err_not_installed.txt', 'ToolMissing', 'apt-get install python3-torch'],
  ['err_published_gpu_memory.txt', 'OutOfMemory', 'the GPU has too little memory'],
];

const twoGPUs = 'handmade_two_gpus.json';

test('every recording is judged', () => {
  expect([...good, ...bad].map(([name]) => name).toSorted()).toEqual(sampleNames(pyTorchSamples));
});

describe('KP-8 runs that ended well', () => {
  test.each(good)('%s', (name, asked, expected) => {
    const found = values(parsePyTorch(sample(pyTorchSamples, name), parameters(asked)));
    const ratios = Object.entries(expected).map(([metric, value]) => [
      metric,
      value === 0 ? 1 + (found[metric] ?? NaN) : (found[metric] ?? NaN) / value,
    ]);
    expect(ratios).toEqual(Object.keys(expected).map((metric) => [metric, expect.closeTo(1, 5)]));
  });

  test.each(good)('%s without parameters, as assay parse reads it', (name, asked) => {
    const output = sample(pyTorchSamples, name);
    expect(parsePyTorch(output)).toEqual(parsePyTorch(output, parameters(asked)));
  });

  test('two GPUs give two peaks', () => {
    expect(parsePyTorch(sample(pyTorchSamples, twoGPUs))).toMatchObject({
      series: [
        { name: 'iterationTime', unit: 's', over: { name: 'iteration', values: [1, 2, 3, 4, 5] }, values: { length: 5 } },
        {
          name: 'peakGPUMemory',
          unit: 'B',
          over: { name: 'gpu', unit: 'count', values: [0, 1] },
          values: [11_811_160_064, 11_274_289_152],
        },
      ],
    });
  });

  test('the CPU gives no figure of GPU memory', () => {
    const parsed = parsePyTorch(sample(pyTorchSamples, 'cpu_llama_bf16.json'));
    expect(parsed).toMatchObject({ series: [{ name: 'iterationTime' }] });
    expect(values(parsed)).not.toHaveProperty('peakGPUMemory');
  });

  test.each([
    [twoGPUs, 'PyTorch 2.8.0+cu128, CUDA 12.8'],
    ['cpu_alexnet_train.json', 'PyTorch 1.13.0a0'],
  ])('%s keeps the version', (name, toolVersion) => {
    expect(parsePyTorch(sample(pyTorchSamples, name))).toMatchObject({ toolVersion });
  });
});

describe('runs that failed', () => {
  test.each(bad)('%s is %s', (name, reason, message) => {
    expect(parsePyTorch(sample(pyTorchSamples, name))).toEqual({ ok: false, reason, message: expect.stringContaining(message) });
  });

  test('another number of GPUs than the limit is told in the words of the program', () => {
    expect(parsePyTorch({ ...sample(pyTorchSamples, 'err_no_gpu.txt'), exitCode: 1 })).toEqual({
      ok: false,
      reason: 'ToolFailed',
      message: expect.stringContaining('2 GPUs were given by nvidia.com/gpu, but 0 are seen'),
    });
  });

  test.each<[string, Partial<PyTorchParameters>]>([
    ['model', { model: 'alexnet' }],
    ['mode', { mode: 'eval' }],
    ['device', { device: 'CPU' }],
    ['precision', { precision: 'FP32' }],
    ['batchSize', { batchSize: 128 }],
    ['iterations', { iterations: 20 }],
    ['warmupIterations', { warmupIterations: 3 }],
    ['threads', { threads: 4 }],
  ])('a run with another %s than asked for is refused', (name, changes) => {
    const asked = parameters({ ...good.find(([file]) => file === twoGPUs)?.[1], ...changes });
    expect(parsePyTorch(sample(pyTorchSamples, twoGPUs), asked)).toMatchObject({
      reason: 'OutputUnparsable',
      message: expect.stringMatching(`this is a run with ${name} `),
    });
  });

  test.each<[string, string | RegExp, string, string]>([
    ['an iteration missing', /,\s+0\.103998807/, '', '4 times and 5 losses are there for 5 iterations'],
    ['a loss missing', /,\s+6\.92/, '', '5 times and 4 losses'],
    ['a loss that is no number', '6.92', '"NaN"', 'is no number that can be'],
    ['a time of nothing', '0.103998807', '0', 'is no number that can be'],
    ['a time that the sum does not have', '0.103998807', '0.203998807', 'which is not'],
    ['a rate that the times do not give', /"samplesPerSecond": 2/, '"samplesPerSecond": 3', 'which is not'],
    ['another batch', '"batchSize": 256', '"batchSize": 512', 'which is not'],
    ['one GPU of two', /,\s+\{\s+"name"[^}]*\}(?=\s+\])/, '', "1 GPUs took part where the pod's limit gives 2"],
    ['GPUs on the CPU', '"device": "CUDA"', '"device": "CPU"', '2 GPUs took part'],
    ['more memory than the GPU has', '11811160064', '91811160064', 'tensors took 91811160064 B on a GPU of 42405855232 B'],
    ['no memory', '11811160064', '0', 'is no number that can be'],
    ['no GPUs', '"gpus": [', '"others": [', 'is no number that can be'],
    ['another version of the report', '"pyTorch": 1', '"pyTorch": 2', 'is no report of pyTorch'],
  ])('%s is refused', (_, from, to, message) => {
    const output = sample(pyTorchSamples, twoGPUs);
    expect(parsePyTorch({ ...output, stdout: output.stdout.replace(from, to) })).toEqual({
      ok: false,
      reason: 'OutputUnparsable',
      message: expect.stringContaining(message),
    });
  });

  test.each([
    ['an exit code', { exitCode: 1 }, 'ToolFailed'],
    ['a signal', { exitCode: null, signal: 'SIGSEGV' }, 'ToolCrashed'],
  ])('a whole report does not help a program that ended with %s', (_, ending, reason) => {
    expect(read(parsePyTorch({ ...sample(pyTorchSamples, twoGPUs), ...ending }))).toBe(reason);
  });
});
