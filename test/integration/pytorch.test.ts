// The program of the pyTorch workload with the real PyTorch, on the CPU.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PyTorchParameters } from '../../runners/pyTorch/parameters.ts';
import { gpuLimit, parameters, pyTorchSamples } from '../../runners/pyTorch/testing.ts';
import { pyTorch } from '../../runners/pyTorch/workload.ts';
import type { ToolOutput } from '../../runners/workload.ts';

const runners = join(import.meta.dirname, '../../runners');
const limit = 120_000;

async function run(argv: readonly string[]): Promise<ToolOutput> {
  const [program = '', ...rest] = argv;
  const child = spawn(program, rest, { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'pipe'], timeout: limit });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { stdout, stderr, exitCode: child.exitCode, signal: child.signalCode };
}

/** The command line of the plan. `before` is Python that runs first, to change what the program finds. */
function commandOf(asked: PyTorchParameters, gpus = 0, before?: string): string[] {
  const task = pyTorch.plan(asked, gpuLimit(gpus))[0]?.task.argv ?? [];
  const argv = task.flatMap((argument) => {
    if (typeof argument === 'string') return argument;
    return 'script' in argument ? join(runners, argument.script) : [];
  });
  if (before === undefined) return argv;
  const [python = '', flag = '', script = '', ...rest] = argv;
  return [python, flag, '-c', `import sys; sys.path.insert(0, ${JSON.stringify(dirname(script))})\n${before}\nimport bench`, ...rest];
}

const fields = (value: object) => Object.keys(value);
const small = (changes: Partial<PyTorchParameters>) => parameters({ batchSize: 1, iterations: 2, warmupIterations: 0, ...changes });

describe.each([
  ['alexnet', 61_100_840],
  ['resnet50', 25_557_032],
  ['llama', 58_466_816],
] as const)('KP-8 %s', (model, weights) => {
  test.each<[string, Partial<PyTorchParameters>]>([
    ['evaluated', { mode: 'eval' }],
    ['trained', { mode: 'train' }],
    ['trained in bfloat16, with an odd batch', { mode: 'train', precision: 'BF16', batchSize: 3, iterations: 1 }],
  ])(
    '%s has its published size, its times and its memory',
    async (_, changes) => {
      const asked = small({ model, ...changes });
      const output = await run(commandOf(asked));
      expect(JSON.parse(output.stdout)).toMatchObject({ parameters: weights });
      expect(pyTorch.parse(output, asked)).toMatchObject({ ok: true, series: [{ values: { length: asked.iterations } }] });
    },
    limit,
  );
});

describe('the program', () => {
  test(
    'computes with the threads that it is told',
    async () => {
      const asked = small({ threads: 1 });
      expect(pyTorch.parse(await run(commandOf(asked)), asked)).toMatchObject({ ok: true });
    },
    limit,
  );

  test.each([
    ['none', 1, 0],
    ['more', 2, 4],
  ])(
    'KP-8 fails where it sees %s than the limit gives',
    async (_, given, seen) => {
      const asked = small({ device: 'CUDA', batchSize: 2 });
      const output = await run(commandOf(asked, given, `import torch\ntorch.cuda.device_count = lambda: ${seen}`));
      expect(pyTorch.parse(output, asked)).toMatchObject({
        reason: 'ToolFailed',
        message: expect.stringContaining(`${given} GPUs were given by nvidia.com/gpu, but ${seen} are seen`),
      });
    },
    limit,
  );

  test.each(['train', 'eval'] as const)(
    'KP-8 fails when a model computes no numbers: %s',
    async (mode) => {
      const broken = `import models, torch\nclass Broken(torch.nn.Linear):\n  def forward(self, batch):\n    return super().forward(batch) * float("nan")`;
      const model = `models.MODELS["alexnet"] = (lambda: Broken(9, 3), lambda size: (torch.randn(size, 9), torch.randint(3, (size,))))`;
      const asked = small({ model: 'alexnet', mode });
      expect(pyTorch.parse(await run(commandOf(asked, 0, `${broken}\n${model}`)), asked)).toMatchObject({
        reason: 'ToolFailed',
        message: expect.stringContaining('the loss of iteration 1 is nan: the model computes no numbers'),
      });
    },
    limit,
  );
});

describe('KP-8 the handmade report of two GPUs', () => {
  const handmade = JSON.parse(readFileSync(join(pyTorchSamples, 'handmade_two_gpus.json'), 'utf8'));

  test(
    'has the fields of a real one',
    async () => {
      const real = JSON.parse((await run(commandOf(small({ model: 'alexnet' })))).stdout);
      expect([handmade, handmade.versions, handmade.settings].map(fields)).toEqual([real, real.versions, real.settings].map(fields));
    },
    limit,
  );

  test(
    'has the fields that the program tells of a GPU',
    async () => {
      const fake = `class Properties:\n  total_memory = 2\ntorch.cuda.get_device_name = lambda device: device\ntorch.cuda.get_device_properties = lambda device: Properties\ntorch.cuda.max_memory_allocated = lambda device: 1`;
      const code = `import sys, json, torch; sys.path.insert(0, ${JSON.stringify(join(runners, 'pyTorch'))})\n${fake}\nimport machine\nprint(json.dumps(machine.gpu_report("cuda:0")))`;
      const real = JSON.parse((await run(['/usr/bin/python3', '-B', '-c', code])).stdout);
      expect(handmade.gpus.map(fields)).toEqual([fields(real), fields(real)]);
    },
    limit,
  );
});

describe("threads by the pod's CPU limit", () => {
  const cases: [title: string, files: Record<string, string>, quota: number | null][] = [
    ['four cores', { 'cpu.max': '400000 100000\n' }, 4],
    ['one and a half', { 'cpu.max': '150000 100000\n' }, 1.5],
    ['no limit', { 'cpu.max': 'max 100000\n' }, null],
    ['version 1', { 'cpu/cpu.cfs_quota_us': '50000\n', 'cpu/cpu.cfs_period_us': '100000\n' }, 0.5],
    ['no limit of version 1', { 'cpu/cpu.cfs_quota_us': '-1\n', 'cpu/cpu.cfs_period_us': '100000\n' }, null],
    ['no control groups', {}, null],
  ];
  let folder: string;
  let told: { quota: number | null; threads: number; asked: number }[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'groups-'));
    for (const [index, [, files]] of cases.entries()) {
      for (const [name, content] of Object.entries(files)) {
        const path = join(folder, String(index), name);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, content);
      }
    }
    const code = [
      'import json, os, pathlib, sys',
      `sys.path.insert(0, ${JSON.stringify(join(runners, 'pyTorch'))})`,
      'import machine, torch',
      'os.sched_getaffinity = lambda process: range(3)',
      'torch.get_num_threads = lambda: 7',
      'def tell(index):',
      `  machine.GROUPS = pathlib.Path(${JSON.stringify(folder)}) / str(index)`,
      '  return {"quota": machine.cpu_quota(), "threads": machine.threads(None), "asked": machine.threads(5)}',
      `print(json.dumps([tell(index) for index in range(${cases.length})]))`,
    ].join('\n');
    told = JSON.parse((await run(['/usr/bin/python3', '-B', '-c', code])).stdout);
  }, limit);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(cases.map(([title, , quota], index) => [title, quota, index] as const))('%s: %p', (_, quota, index) => {
    // The process may run on 3 cores, and PyTorch would take 7 threads by itself.
    const threads = quota === null ? 7 : Math.max(1, Math.min(3, Math.floor(quota)));
    expect(told[index]).toEqual({ quota, threads, asked: 5 });
  });
});
