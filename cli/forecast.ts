import { effectiveSpec } from '../operator/api/parameters.ts';
import type { BenchmarkSpec } from '../operator/api/types.ts';
import { planOf } from '../operator/benchmarkset/plan.ts';
import { workloadOf } from '../runners/registry.ts';
import type { Followed } from './followed.ts';
import { outlasts } from './outlasts.ts';

/** What one object would run. `seconds` is the expected wall time of the whole. */
export interface Forecast {
  kind: Followed['kind'];
  name: string;
  workload: string;
  cells: { index: number; coordinates: Record<string, unknown>; pods: number; seconds: number }[];
  /** Names of the runs in the order of their start. */
  runs: string[];
  parallelism: number;
  podsAtOnce: number;
  seconds: number;
  /** What the cluster decides, so that the rest is an example, and what will go wrong. */
  notes: string[];
}

/** Seconds that a run costs beside the tool's own time: pods created, started, collected and deleted. A guess for an idle cluster. */
const overhead = 2;

/** Pure. The objects have passed validation. */
export function forecast(object: Followed): Forecast {
  const { kind, metadata } = object;
  if (kind === 'Benchmark') {
    const run = cost(object.spec);
    const cell = { index: 0, coordinates: {}, pods: run.pods, seconds: run.seconds };
    return {
      kind,
      name: metadata.name,
      workload: run.workload,
      cells: [cell],
      runs: [metadata.name],
      parallelism: 1,
      podsAtOnce: run.pods,
      seconds: run.seconds,
      notes: limitNotes([object.spec]),
    };
  }
  const plan = planOf(object);
  const costs = plan.cells.map(({ spec }) => cost(spec));
  const parallelism = Math.max(1, Math.min(object.spec.parallelism ?? 1, plan.runs.length));
  const total = plan.runs.reduce((sum, { cell }) => sum + (costs[cell]?.seconds ?? 0), 0);
  return {
    kind,
    name: metadata.name,
    workload: [...new Set(costs.map(({ workload }) => workload))].join(', '),
    cells: plan.cells.map(({ index, coordinates }) => ({
      index,
      coordinates,
      pods: costs[index]?.pods ?? 0,
      seconds: costs[index]?.seconds ?? 0,
    })),
    runs: plan.runs.map(({ name }) => name),
    parallelism,
    podsAtOnce: parallelism * Math.max(0, ...costs.map(({ pods }) => pods)),
    // However many run at once, the longest takes its time.
    seconds: Math.max(total / parallelism, ...costs.map(({ seconds }) => seconds)),
    notes: [
      ...(object.spec.matrix?.nodes ? ['matrix.nodes: shown for two nodes; those of the cluster are chosen when the set starts'] : []),
      ...limitNotes(plan.cells.map(({ spec }) => spec)),
    ],
  };
}

/** A limit may be shorter on purpose; who forgot it learns of it here, and not when it is over. */
function limitNotes(specs: readonly BenchmarkSpec[]): string[] {
  return specs.some(outlasts) ? ['timeouts.running is shorter than a run is expected to take, and would end it; give it more'] : [];
}

function cost(spec: BenchmarkSpec): { workload: string; pods: number; seconds: number } {
  const chosen = workloadOf(effectiveSpec(spec));
  if (!chosen) throw new Error('a validated spec has no workload block');
  const { workload, parameters } = chosen;
  const pods = workload.plan(parameters).reduce((sum, { replicas }) => sum + replicas, 0);
  return { workload: workload.name, pods, seconds: workload.duration(parameters) + overhead };
}
