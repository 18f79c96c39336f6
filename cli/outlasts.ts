import { parseDuration } from '../measure/quantity.ts';
import { effectiveSpec } from '../operator/api/parameters.ts';
import type { BenchmarkSpec } from '../operator/api/types.ts';
import { workloadOf } from '../runners/registry.ts';

/** Whether a run is expected to take longer than `timeouts.running` lets it. The spec has passed validation. */
export function outlasts(spec: BenchmarkSpec): boolean {
  const effective = effectiveSpec(spec);
  const chosen = workloadOf(effective);
  const running = effective.timeouts?.running;
  return chosen !== undefined && running !== undefined && chosen.workload.duration(chosen.parameters) > parseDuration(running);
}
