import { parseDuration } from '../../measure/quantity.ts';
import { failedTool } from '../ending.ts';
import type { Parsed, ToolOutput } from '../workload.ts';
import type { SleepParameters } from './workload.ts';

/** sleep prints nothing: its result is the wall time that the agent measured, which must not be shorter than what was asked for. */
export function parseSleep(output: ToolOutput, parameters?: SleepParameters): Parsed {
  const failure = failedTool('sleep', output);
  if (failure) return failure;
  const { elapsed } = output;
  if (elapsed === undefined || !Number.isFinite(elapsed) || elapsed < 0) {
    return { ok: false, reason: 'OutputUnparsable', message: 'sleep prints nothing, and no wall time was measured beside it' };
  }
  const measured = { name: 'measuredTime', value: elapsed, unit: 's', better: 'None' } as const;
  if (parameters === undefined) return { ok: true, metrics: [measured] };
  const requested = parseDuration(parameters.duration);
  if (elapsed < requested) {
    return {
      ok: false,
      reason: 'OutputUnparsable',
      message: `sleep ended after ${elapsed} s, before the ${requested} s that it was given`,
    };
  }
  return {
    ok: true,
    metrics: [
      { name: 'requestedTime', value: requested, unit: 's', better: 'None' },
      measured,
      { name: 'overshoot', value: elapsed - requested, unit: 's', better: 'Lower' },
    ],
  };
}
