import { at, listAt } from '../document.ts';

/** What bench.py prints, as far as it is used here. Times in seconds, memory in bytes. */
export interface Report {
  pyTorch: 1;
  versions: { torch: string; cuda?: string | null };
  /** As the program was told, but for `threads`, which it may have chosen. */
  settings: {
    model: string;
    mode: string;
    device: string;
    precision: string;
    batchSize: number;
    iterations: number;
    warmupIterations: number;
    threads: number;
    /** What the pod's limit gives it; 0 on the CPU. */
    gpus: number;
  };
  measuredTime: number;
  cpuTime: number;
  samplesPerSecond: number;
  /** Of each measured iteration, in order. */
  iterationTimes: number[];
  losses: number[];
  /** Of the process, on the CPU's side. */
  peakMemory: number;
  gpus: { memory: number; peakMemory: number }[];
}

/** Whether every field is there and a number that can be. That the fields agree with each other is another question. */
export function isReport(document: unknown): document is Report {
  const settings = at(document, 'settings');
  return (
    at(document, 'pyTorch') === 1 &&
    typeof at(document, 'versions', 'torch') === 'string' &&
    ['model', 'mode', 'device', 'precision'].every((key) => typeof at(settings, key) === 'string') &&
    ['batchSize', 'iterations', 'threads'].every((key) => isPositive(at(settings, key))) &&
    ['warmupIterations', 'gpus'].every((key) => isFiniteNumber(at(settings, key))) &&
    ['measuredTime', 'cpuTime', 'samplesPerSecond', 'peakMemory'].every((key) => isPositive(at(document, key))) &&
    listAt(document, 'iterationTimes').every(isPositive) &&
    listAt(document, 'losses').every(isFiniteNumber) &&
    listAt(document, 'gpus').every((gpu) => isPositive(at(gpu, 'memory')) && isPositive(at(gpu, 'peakMemory'))) &&
    ['iterationTimes', 'losses', 'gpus'].every((key) => Array.isArray(at(document, key)))
  );
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isPositive(value: unknown): boolean {
  return isFiniteNumber(value) && value > 0;
}
