import { parseDuration } from '../../measure/quantity.ts';
import { at, listAt, numberAt, wholeDocument } from '../document.ts';
import { figures } from '../figures.ts';
import { failedTool, refuse } from '../ending.ts';
import type { Parsed, ToolOutput } from '../workload.ts';
import { metrics } from './metrics.ts';
import type { CpusoakerParameters } from './parameters.ts';

/** Reads the report of soak.ts: every thread counted, for the whole time, and used the CPU time that the operating system says. */
export function parseSoak(output: ToolOutput, parameters?: CpusoakerParameters): Parsed {
  const failure = failedTool('cpusoaker', output);
  if (failure) return failure;
  const read = wholeDocument('cpusoaker', output.stdout);
  if (!read.ok) return read;
  const { document } = read;
  const elapsed = numberAt(document, 'elapsed');
  const cpuTime = numberAt(document, 'cpuTime');
  const counts = listAt(document, 'iterations');
  const counted = counts.filter((count): count is number => typeof count === 'number' && Number.isSafeInteger(count) && count > 0);
  if (at(document, 'soak') !== 1 || elapsed === undefined || cpuTime === undefined || elapsed <= 0 || cpuTime <= 0) {
    return refuse('OutputUnparsable', 'this is no report of cpusoaker: it lacks a wall time or a CPU time');
  }
  const asked = {
    threads: parameters?.workers ?? counts.length,
    seconds: parameters === undefined ? 0 : parseDuration(parameters.duration),
  };
  if (counted.length === 0 || counted.length !== counts.length || counts.length !== asked.threads) {
    return refuse('OutputUnparsable', `${counted.length} of ${asked.threads} threads counted`);
  }
  if (elapsed < asked.seconds - 0.01) return refuse('OutputUnparsable', `counted ${elapsed} s where ${asked.seconds} s were asked for`);
  const iterations = counted.reduce((sum, count) => sum + count, 0);
  return {
    ok: true,
    metrics: figures(metrics, {
      iterationsPerSecond: iterations / elapsed,
      iterationsPerCPUSecond: iterations / cpuTime,
      iterations,
      cpuTime,
      cpuUtilization: cpuTime / elapsed,
      measuredTime: elapsed,
    }),
  };
}
