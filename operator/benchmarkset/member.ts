import type { Benchmark, BenchmarkPhase, BenchmarkSet } from '../api/types.ts';
import type { Cache } from '../kube/cache.ts';
import { keyOf } from '../kube/object.ts';
import type { KubeObject } from '../kube/object.ts';

export type MemberState = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Cancelled';

/** A member as the set sees it. */
export interface Member {
  name: string;
  state: MemberState;
  /** What its spec says now. */
  suspend: boolean;
  cancel: boolean;
  /** Milliseconds from creation to the end, for ended members. */
  took?: number;
}

/** Whether an object of a member's name is a member, what is left of a set of the same name before this one, or somebody else's. */
export type Ownership = 'Own' | 'Leftover' | 'Foreign';

export function ownership(object: KubeObject, set: BenchmarkSet): Ownership {
  const owner = object.metadata.ownerReferences?.find(({ controller }) => controller === true);
  if (owner === undefined || owner.kind !== 'BenchmarkSet' || owner.name !== set.metadata.name) return 'Foreign';
  return owner.uid === set.metadata.uid ? 'Own' : 'Leftover';
}

/** Finds Benchmarks of a set's namespace by name. */
export function namedIn(benchmarks: Cache<Benchmark>, { metadata }: BenchmarkSet): (name: string) => Benchmark | undefined {
  const { namespace } = metadata;
  return (name) => benchmarks.get(keyOf({ metadata: { name, ...(namespace !== undefined && { namespace }) } }));
}

export function memberFrom(benchmark: Benchmark): Member {
  const state = states[benchmark.status?.phase ?? 'Pending'];
  const took = isOver(state) ? timeTaken(benchmark) : undefined;
  return {
    name: benchmark.metadata.name,
    state,
    suspend: benchmark.spec.suspend === true,
    cancel: benchmark.spec.cancel === true,
    ...(took !== undefined && { took }),
  };
}

/** Nothing more will happen to a member in this state. */
export function isOver(state: MemberState): boolean {
  return state === 'Succeeded' || state === 'Failed' || state === 'Cancelled';
}

const states: Record<BenchmarkPhase, MemberState> = {
  Pending: 'Pending',
  Suspended: 'Pending',
  Preparing: 'Running',
  Running: 'Running',
  Collecting: 'Running',
  Succeeded: 'Succeeded',
  Failed: 'Failed',
  Cancelled: 'Cancelled',
};

/** From creation to the condition that ended it: waiting and starting cost the set as much as measuring. */
function timeTaken({ metadata, status }: Benchmark): number | undefined {
  const last = status?.conditions?.find(({ type, status: value }) => (type === 'Complete' || type === 'Failed') && value === 'True');
  if (last === undefined || metadata.creationTimestamp === undefined) return undefined;
  const took = Date.parse(last.lastTransitionTime) - Date.parse(metadata.creationTimestamp);
  return Number.isFinite(took) ? Math.max(0, took) : undefined;
}
