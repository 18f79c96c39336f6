import { workloadOf } from '../../runners/registry.ts';
import type { RolePlan, Topology } from '../../runners/workload.ts';
import type { Affinity, Benchmark, BenchmarkSpec } from '../api/types.ts';
import { labels } from './labels.ts';
import type { PodSpec } from './pod.ts';
import { tolerationsOf } from './tolerations.ts';

const hostname = 'kubernetes.io/hostname';

type Term = NonNullable<NonNullable<Affinity['podAffinity']>['requiredDuringSchedulingIgnoredDuringExecution']>[number];
type NodeSelectorTerm = NonNullable<
  NonNullable<Affinity['nodeAffinity']>['requiredDuringSchedulingIgnoredDuringExecution']
>['nodeSelectorTerms'][number];

/** How the pods are spread: what the spec says, or what the workload needs unless nodes are named one by one. */
export function topologyOf(spec: BenchmarkSpec): Topology {
  const { topology, nodes = {} } = spec.placement ?? {};
  if (topology !== undefined) return topology;
  return Object.keys(nodes).length > 0 ? 'Any' : (workloadOf(spec)?.workload.topology ?? 'Any');
}

/** Where a role's pods may run, in the scheduler's terms. */
export function placementOf(
  benchmark: Benchmark,
  role: RolePlan,
  attempt: number,
): Pick<PodSpec, 'nodeSelector' | 'tolerations' | 'affinity' | 'topologySpreadConstraints'> {
  const { nodeSelector, tolerations, affinity = {}, nodes = {} } = benchmark.spec.placement ?? {};
  const { podAffinity, podAntiAffinity } = requirements(benchmark, role, attempt);
  const pinned = withNode(affinity.nodeAffinity, nodes[role.name]);
  const merged: Affinity = {
    ...(pinned ? { nodeAffinity: pinned } : {}),
    ...withTerms('podAffinity', affinity.podAffinity, podAffinity),
    ...withTerms('podAntiAffinity', affinity.podAntiAffinity, podAntiAffinity),
  };
  return {
    ...(nodeSelector ? { nodeSelector } : {}),
    tolerations: tolerationsOf(tolerations),
    ...(Object.keys(merged).length > 0 ? { affinity: merged } : {}),
    ...(role.replicas > 1 ? { topologySpreadConstraints: [spread(benchmark, role, attempt)] } : {}),
  };
}

function requirements(benchmark: Benchmark, role: RolePlan, attempt: number): { podAffinity: Term[]; podAntiAffinity: Term[] } {
  const uid = benchmark.metadata.uid ?? '';
  const own = { [labels.uid]: uid, [labels.attempt]: String(attempt) };
  const siblings: Term = { labelSelector: { matchLabels: own }, topologyKey: hostname };
  const otherRoles: Term = {
    labelSelector: {
      matchLabels: own,
      matchExpressions: [{ key: labels.role, operator: 'NotIn', values: [role.name] }],
    },
    topologyKey: hostname,
  };
  // The scheduler keeps later pods of others away as well: it heeds the rules of the pods that are there.
  const strangers: Term = {
    labelSelector: {
      matchExpressions: [
        { key: labels.uid, operator: 'Exists' },
        { key: labels.uid, operator: 'NotIn', values: [uid] },
      ],
    },
    namespaceSelector: {},
    topologyKey: hostname,
  };
  // On a node that came back, a pod of an attempt that was given up may still be ending.
  const givenUp: Term = {
    labelSelector: {
      matchLabels: { [labels.uid]: uid },
      matchExpressions: [{ key: labels.attempt, operator: 'NotIn', values: [String(attempt)] }],
    },
    topologyKey: hostname,
  };
  const topology = topologyOf(benchmark.spec);
  const exclusive = (benchmark.spec.placement?.exclusive ?? 'Node') === 'Node';
  return {
    podAffinity: topology === 'SameNode' ? [siblings] : [],
    podAntiAffinity: [
      ...(topology === 'DifferentNodes' ? [otherRoles] : []),
      ...(topology === 'OnePerNode' ? [siblings] : []),
      ...(exclusive ? [strangers] : []),
      ...(attempt > 0 ? [givenUp] : []),
    ],
  };
}

function withTerms<K extends 'podAffinity' | 'podAntiAffinity'>(key: K, own: Affinity[K], terms: Term[]): Affinity {
  if (terms.length === 0) return own ? { [key]: own } : {};
  return {
    [key]: {
      ...own,
      requiredDuringSchedulingIgnoredDuringExecution: [...(own?.requiredDuringSchedulingIgnoredDuringExecution ?? []), ...terms],
    },
  };
}

/**
 * The user's node affinity and the named node. By affinity and not by spec.nodeName, so that the scheduler still heeds taints,
 * resources and other pods. Terms are alternatives, so the node goes into each of them.
 */
function withNode(own: Affinity['nodeAffinity'], node: string | undefined): Affinity['nodeAffinity'] {
  if (node === undefined) return own;
  const field = { key: 'metadata.name', operator: 'In' as const, values: [node] };
  const terms: NodeSelectorTerm[] = own?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [{}];
  const onNode = (term: NodeSelectorTerm): NodeSelectorTerm => ({ ...term, matchFields: [...(term.matchFields ?? []), field] });
  return {
    ...own,
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: terms.map(onNode),
    },
  };
}

/** Replicas evenly over the nodes, where there is room. */
function spread(benchmark: Benchmark, role: RolePlan, attempt: number): object {
  const matchLabels = { [labels.uid]: benchmark.metadata.uid ?? '', [labels.attempt]: String(attempt), [labels.role]: role.name };
  return { maxSkew: 1, topologyKey: hostname, whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels } };
}
