import type { Problem } from '../../runners/workload.ts';
import type { Benchmark, BenchmarkSet } from '../api/types.ts';
import type { Instant } from '../kube/clock.ts';
import type { Reason } from '../../measure/reason.ts';
import { isOver, memberFrom, ownership } from './member.ts';
import type { Member } from './member.ts';
import type { Plan, PlannedRun } from './plan.ts';

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
  problems: Problem[];
  /** By name, in the order in which they start. */
  members: ReadonlyMap<string, Member>;
  /** Planned runs without a member, in the order in which they start. */
  missing: PlannedRun[];
  /** Names that belong to a set of the same name before this one, and are being collected. */
  leftovers: string[];
  /** Names that belong to somebody else. */
  conflicts: string[];
  createdAt: Instant;
  /** What the API server refused in this pass, for good. */
  refusal?: Ending;
  /** Why the results cannot be written under their name. */
  resultsTaken?: string;
}

/**
 * Looks at a set and its members.
 * @param members objects that carry the set's label; whoever set it
 * @param named finds an object by a member's name, whatever its labels
 */
export function observe(
  set: BenchmarkSet,
  plan: Plan,
  problems: Problem[],
  members: readonly Benchmark[],
  named: (name: string) => Benchmark | undefined,
): Observed {
  const own = new Map(members.filter((member) => ownership(member, set) === 'Own').map((member) => [member.metadata.name, member]));
  const present = new Map<string, Member>();
  const missing: PlannedRun[] = [];
  for (const run of plan.runs) {
    const benchmark = own.get(run.name);
    if (benchmark) present.set(run.name, memberFrom(benchmark));
    else missing.push(run);
  }
  const taken = missing.flatMap(({ name }) => {
    const object = named(name);
    return object === undefined ? [] : [{ name, whose: ownership(object, set) }];
  });
  const names = (whose: string) => taken.filter((entry) => entry.whose === whose).map(({ name }) => name);
  return {
    set,
    plan,
    problems,
    members: present,
    missing,
    leftovers: names('Leftover'),
    conflicts: names('Foreign'),
    createdAt: Date.parse(set.metadata.creationTimestamp ?? '') || 0,
  };
}

/** Members that have not ended, in the order of the plan. */
export function active({ members }: Pick<Observed, 'members'>): Member[] {
  return [...members.values()].filter(({ state }) => !isOver(state));
}
