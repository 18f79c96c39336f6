import type { Topology } from '../../runners/workload.ts';
import type { Affinity } from '../api/types.ts';
import type { Run } from './backend.ts';
import { labels } from './labels.ts';
import { topologyOf } from './topology.ts';

export const hostname = 'kubernetes.io/hostname';

export type Term = NonNullable<NonNullable<Affinity['podAffinity']>['requiredDuringSchedulingIgnoredDuringExecution']>[number];

/** A pod of a benchmark that wants its node for itself, in the label `tenant`. */
const exclusive = 'Exclusive';

/** The labels by which other pods keep off this one's node, or do not mind it. */
export function neighbourLabels(run: Run, role: string): Record<string, string> {
  const part = partOf(run, run.attempt, role);
  return { [labels.part]: part, [labels.tenant]: wantsNode(run) ? exclusive : part };
}

/**
 * Which pods may not be on this one's node: those of others, if either wants it for itself, those of its own run as the topology says,
 * and those of earlier attempts, which may run on where nobody could end them.
 *
 * One term for all of it: kube-scheduler (1.32 to 1.34 at least) wakes a pod that found no node only when a pod leaves that matches every
 * one of its terms, and not at all for the terms of others. Otherwise it sleeps for 5 min beside an empty node.
 */
export function keptOff(run: Run, role: string): Term {
  const here = run.roles.map(({ name }) => name).filter((name) => mayShare(topologyOf(run.benchmark.spec), role, name));
  if (wantsNode(run)) {
    const own = here.map((name) => partOf(run, run.attempt, name));
    return term([
      { key: labels.uid, operator: 'Exists' },
      ...(own.length > 0 ? [{ key: labels.part, operator: 'NotIn' as const, values: own }] : []),
    ]);
  }
  const others = run.roles.map(({ name }) => name).filter((name) => !here.includes(name));
  const earlier = Array.from({ length: run.attempt }, (_, attempt) => run.roles.map(({ name }) => partOf(run, attempt, name)));
  const values = [exclusive, ...others.map((name) => partOf(run, run.attempt, name)), ...earlier.flat()];
  return term([{ key: labels.tenant, operator: 'In', values }]);
}

function term(matchExpressions: NonNullable<NonNullable<Term['labelSelector']>['matchExpressions']>): Term {
  return { labelSelector: { matchExpressions }, namespaceSelector: {}, topologyKey: hostname };
}

/** Wider scopes are kept by the queue. */
function wantsNode({ benchmark }: Run): boolean {
  return (benchmark.spec.placement?.exclusive ?? 'Node') === 'Node';
}

function mayShare(topology: Topology, role: string, other: string): boolean {
  if (topology === 'OnePerNode') return false;
  return topology !== 'DifferentNodes' || role === other;
}

/** One role of one attempt of one benchmark. */
function partOf({ benchmark }: Run, attempt: number, role: string): string {
  return `${benchmark.metadata.uid ?? ''}.${attempt}.${role}`;
}
