import type { Benchmark, BenchmarkPhase, BenchmarkSet, BenchmarkSetSpec, BenchmarkSetStatus, BenchmarkStatus } from '../api/types.ts';
import type { KubeObject } from '../kube/object.ts';
import { observe } from './observe.ts';
import type { Observed } from './observe.ts';
import { memberOf, planOf } from './plan.ts';

// Objects for tests: a case names only what it is about.

export const start = Date.parse('2026-11-21T12:00:00Z');

export function benchmarkSet(spec: Partial<BenchmarkSetSpec> = {}, status?: BenchmarkSetStatus): BenchmarkSet {
  return {
    apiVersion: 'assay.dev/v1alpha1',
    kind: 'BenchmarkSet',
    metadata: { name: 'net', namespace: 'bench', uid: 'uid-1', generation: 1, creationTimestamp: '2026-11-21T12:00:00Z' },
    spec: { template: { spec: { sleep: { duration: '1s' } } }, ...spec },
    ...(status && { status }),
  };
}

/** A set of `count` cells, run one after the other. */
export function setOf(count: number, spec: Partial<BenchmarkSetSpec> = {}, status?: BenchmarkSetStatus): BenchmarkSet {
  const values = Array.from({ length: count }, (_, index) => `${index + 1}s`);
  return benchmarkSet({ matrix: { product: { 'sleep.duration': values } }, order: 'Sequential', ...spec }, status);
}

/** What became of one run; a function changes the object further. */
export type Fate = BenchmarkPhase | 'New' | undefined | ((member: Benchmark & KubeObject) => Benchmark & KubeObject);

/** The members of a set, by fate in the order of the plan; undefined: not created. */
export function membersOf(set: BenchmarkSet, fates: readonly Fate[]): Map<string, Benchmark & KubeObject> {
  const plan = planOf(set);
  const members = plan.runs.flatMap((run, index) => {
    const fate = fates[index];
    if (fate === undefined) return [];
    const created = memberOf(set, plan, run);
    created.metadata.creationTimestamp = '2026-11-21T12:00:00Z';
    if (typeof fate === 'function') return [fate(created)];
    return [fate === 'New' ? created : { ...created, status: statusOf(fate) }];
  });
  return new Map(members.map((member) => [member.metadata.name, member]));
}

/** A final status says that it ended 10 s after the start. */
export function statusOf(phase: BenchmarkPhase, more: Partial<BenchmarkStatus> = {}): BenchmarkStatus {
  const over = phase === 'Succeeded' || phase === 'Failed' || phase === 'Cancelled';
  const type = phase === 'Succeeded' ? 'Complete' : 'Failed';
  const end = { status: 'True', reason: phase, message: '', observedGeneration: 1, lastTransitionTime: '2026-11-21T12:00:10Z' } as const;
  return { phase, ...(over && { conditions: [{ type, ...end }] }), ...more };
}

export function observed(set: BenchmarkSet, fates: readonly Fate[] = [], more: Partial<Observed> = {}): Observed {
  const plan = planOf(set);
  const members = membersOf(set, fates);
  return { ...observe(set, plan, plan.problems, (name) => members.get(name)), ...more };
}
