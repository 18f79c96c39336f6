import type { Series } from '../../measure/metric.ts';
import { wholeDocument } from '../document.ts';
import type { Refusal } from '../ending.ts';
import { failedTool, refuse } from '../ending.ts';
import { figures } from '../figures.ts';
import { boundedSweep } from '../series.ts';
import type { Parsed, ToolOutput } from '../workload.ts';
import { diagnose } from './diagnose.ts';
import { metrics } from './metrics.ts';
import type { PyTorchParameters } from './parameters.ts';
import type { Report } from './report.ts';
import { isReport } from './report.ts';

/** Reads the document of bench.py: the run that was asked for, with every iteration and every GPU, and in agreement with itself. */
export function parsePyTorch(output: ToolOutput, parameters?: PyTorchParameters): Parsed {
  const failure = failedTool('pyTorch', output);
  if (failure) return diagnose(output) ?? failure;
  const read = wholeDocument('pyTorch', output.stdout);
  if (!read.ok) return diagnose(output) ?? read;
  const { document } = read;
  if (!isReport(document))
    return refuse('OutputUnparsable', 'this is no report of pyTorch: a field is missing or is no number that can be');
  const wrong = contradiction(document) ?? (parameters === undefined ? undefined : otherRun(document, parameters));
  if (wrong) return wrong;
  return { ok: true, metrics: figures(metrics, valuesOf(document)), series: seriesOf(document), toolVersion: versionOf(document) };
}

function contradiction({ settings, measuredTime, samplesPerSecond, iterationTimes, losses, gpus }: Report): Refusal | undefined {
  const { iterations, batchSize } = settings;
  if (iterationTimes.length !== iterations || losses.length !== iterations) {
    return refuse('OutputUnparsable', `${iterationTimes.length} times and ${losses.length} losses are there for ${iterations} iterations`);
  }
  const sum = iterationTimes.reduce((all, time) => all + time, 0);
  if (!agree(sum, measuredTime) || !agree(samplesPerSecond * measuredTime, batchSize * iterations)) {
    const claimed = `${measuredTime} s at ${samplesPerSecond} samples per second`;
    return refuse('OutputUnparsable', `${iterations} iterations of ${batchSize} samples took ${sum} s together, which is not ${claimed}`);
  }
  if (gpus.length !== settings.gpus || (settings.device === 'CUDA') !== gpus.length > 0) {
    return refuse('OutputUnparsable', `${gpus.length} GPUs took part where the pod's limit gives ${settings.gpus}`);
  }
  const full = gpus.find(({ memory, peakMemory }) => peakMemory > memory);
  return full && refuse('OutputUnparsable', `tensors took ${full.peakMemory} B on a GPU of ${full.memory} B`);
}

/** Equal but for the rounding of sums. */
function agree(one: number, other: number): boolean {
  return Math.abs(one - other) <= 1e-9 * Math.abs(other);
}

function otherRun({ settings }: Report, parameters: PyTorchParameters): Refusal | undefined {
  const asked = (['model', 'mode', 'device', 'precision', 'batchSize', 'iterations', 'warmupIterations', 'threads'] as const).find(
    (key) => parameters[key] !== undefined && parameters[key] !== settings[key],
  );
  return asked && refuse('OutputUnparsable', `this is a run with ${asked} ${settings[asked]}, not ${parameters[asked]}`);
}

function valuesOf(report: Report): Record<string, number | undefined> {
  const { settings, measuredTime, cpuTime, samplesPerSecond, iterationTimes, peakMemory, gpus } = report;
  return {
    samplesPerSecond,
    iterationTimeMedian: median(iterationTimes),
    iterationTimeMean: measuredTime / settings.iterations,
    iterationTimeMin: Math.min(...iterationTimes),
    iterationTimeMax: Math.max(...iterationTimes),
    measuredTime,
    cpuTime,
    cpuUtilization: cpuTime / measuredTime,
    peakCPUMemory: peakMemory,
    peakGPUMemory: gpus.length > 0 ? Math.max(...gpus.map((gpu) => gpu.peakMemory)) : undefined,
    gpus: gpus.length,
    threads: settings.threads,
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

function seriesOf({ iterationTimes, gpus }: Report): Series[] {
  const iterations = { name: 'iteration', unit: 'count' as const, values: iterationTimes.map((_, index) => index + 1) };
  const times = boundedSweep({ name: 'iterationTime', unit: 's', over: iterations, values: iterationTimes });
  if (gpus.length === 0) return [times];
  const devices = { name: 'gpu', unit: 'count' as const, values: gpus.map((_, index) => index) };
  return [times, { name: 'peakGPUMemory', unit: 'B', over: devices, values: gpus.map(({ peakMemory }) => peakMemory) }];
}

function versionOf({ versions: { torch, cuda } }: Report): string {
  return typeof cuda === 'string' ? `PyTorch ${torch}, CUDA ${cuda}` : `PyTorch ${torch}`;
}
