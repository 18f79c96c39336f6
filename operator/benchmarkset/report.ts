import { effectiveSpec } from '../api/parameters.ts';
import type { Benchmark, BenchmarkSet } from '../api/types.ts';
import { outcomeOf } from '../results/outcome.ts';
import type { Report, RunOutcome } from '../results/outcome.ts';
import { ownership } from './member.ts';
import { pairPaths } from './node-pairs.ts';
import type { Plan, PlannedRun } from './plan.ts';

/**
 * What a set's results are made of: every planned run, those that never started included.
 * @param set with its final status
 * @param named finds a Benchmark of the set's namespace
 */
export function reportOf(set: BenchmarkSet, plan: Plan, named: (name: string) => Benchmark | undefined): Report {
  const { metadata, spec, status } = set;
  const { repetitions = 1, warmup = 0, order = 'Interleaved', parallelism = 1, matrix } = spec;
  const runs = plan.runs.map((run) => {
    const benchmark = named(run.name);
    return runOutcome(run, benchmark && ownership(benchmark, set) === 'Own' ? benchmark : undefined);
  });
  return {
    kind: 'BenchmarkSet',
    name: metadata.name,
    ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
    ...(metadata.uid !== undefined && { uid: metadata.uid }),
    ...(status?.phase && { phase: status.phase }),
    ...(status?.summary !== undefined && { message: status.summary }),
    ...(status?.startedAt !== undefined && { startedAt: status.startedAt }),
    ...(status?.finishedAt !== undefined && { finishedAt: status.finishedAt }),
    design: { repetitions, warmup, order, seed: plan.seed, parallelism },
    ...(matrix?.nodes && { pairs: pairPaths(matrix.nodes) }),
    cells: plan.cells.map(({ index, coordinates, spec: cellSpec }) => ({ index, coordinates, spec: effectiveSpec(cellSpec) })),
    runs: runs.toSorted((a, b) => a.cell - b.cell || a.repetition - b.repetition),
  };
}

function runOutcome({ name, ...place }: PlannedRun, member: Benchmark | undefined): RunOutcome {
  return member ? outcomeOf(member, place) : { name, ...place, state: 'Unfinished', metrics: [], warnings: [], attempts: [], nodes: [] };
}
