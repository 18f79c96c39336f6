import type { Benchmark, BenchmarkSet } from '../api/types.ts';
import type { Instant } from '../kube/clock.ts';
import type { Reason } from '../../measure/reason.ts';
import { isOver, memberFrom, ownership } from './member.ts';
import type { Member } from './member.ts';
import type { Plan, PlannedRun } from './plan.ts';
import type { Refusal } from './resolve-nodes.ts';

/** Why a set ends before its last member. */
export interface Ending {
  reason: Reason;
  message: string;
}

/** All that a decision about one set rests on. */
export interface Observed {
  set: BenchmarkSet;
  plan: Plan;
  /** What forbids the set to start: of the expansion, the names, and the cells' specs. */
  problems: Refusal[];
  /** By name, in the order in which they start. */
  members: Map<string, Member>;
  /** Planned runs without a member, in that order. */
  missing: PlannedRun[];
  /** Names that belong to a set of the same name before this one, and are being collected. */
  leftovers: string[];
  /** Names that belong to somebody else. */
  conflicts: string[];
  createdAt: Instant;
  /** What the API server refused in this pass, for good. */
  refusal?: Ending;
  /** Why the results cannot be written. */
  unpublishable?: Ending;
}

/**
 * Looks at a set and its members. Members are found by their names, which the plan knows: what somebody did to their labels does not matter.
 * @param named finds a Benchmark of the set's namespace
 */
export function observe(set: BenchmarkSet, plan: Plan, problems: Refusal[], named: (name: string) => Benchmark | undefined): Observed {
  const seen: Observed = {
    set,
    plan,
    problems,
    members: new Map(),
    missing: [],
    leftovers: [],
    conflicts: [],
    createdAt: Date.parse(set.metadata.creationTimestamp ?? '') || 0,
  };
  for (const run of plan.runs) {
    const benchmark = named(run.name);
    const whose = benchmark && ownership(benchmark, set);
    if (benchmark && whose === 'Own') {
      seen.members.set(run.name, memberFrom(benchmark));
      continue;
    }
    seen.missing.push(run);
    if (whose === 'Leftover') seen.leftovers.push(run.name);
    if (whose === 'Foreign') seen.conflicts.push(run.name);
  }
  return seen;
}

/** Members that have not ended, in the order of the plan. */
export function active({ members }: Pick<Observed, 'members'>): Member[] {
  return [...members.values()].filter(({ state }) => !isOver(state));
}
