import { parseDuration } from '../../measure/quantity.ts';
import { figures } from '../figures.ts';
import { failedTool, refuse } from '../ending.ts';
import type { Parsed, ToolOutput } from '../workload.ts';
import { metrics } from './metrics.ts';
import type { SleepParameters } from './parameters.ts';

/** sleep prints nothing: its result is the wall time that the agent measured, which must not be shorter than what was asked for. */
export function parseSleep(output: ToolOutput, parameters?: SleepParameters): Parsed {
  const failure = failedTool('sleep', output);
  if (failure) return failure;
  const { elapsed } = output;
  if (elapsed === undefined || !Number.isFinite(elapsed) || elapsed < 0) {
    return refuse('OutputUnparsable', 'sleep prints nothing, and no wall time was measured beside it');
  }
  if (parameters === undefined) return { ok: true, metrics: figures(metrics, { measuredTime: elapsed }) };
  const requested = parseDuration(parameters.duration);
  if (elapsed < requested) return refuse('OutputUnparsable', `sleep ended after ${elapsed} s, before the ${requested} s that it was given`);
  return { ok: true, metrics: figures(metrics, { requestedTime: requested, measuredTime: elapsed, overshoot: elapsed - requested }) };
}
