import type { RolePlan } from '../../runners/workload.ts';
import type { Affinity } from '../api/types.ts';
import type { Run } from './backend.ts';
import { labels } from './labels.ts';
import type { Term } from './neighbours.ts';
import { hostname, keptOff } from './neighbours.ts';
import type { PodSpec } from './pod.ts';
import { tolerationsOf } from './tolerations.ts';
import { topologyOf } from './topology.ts';

type NodeAffinity = NonNullable<Affinity['nodeAffinity']>;
type NodeSelectorTerm = NonNullable<NodeAffinity['requiredDuringSchedulingIgnoredDuringExecution']>['nodeSelectorTerms'][number];

/** Where a role's pods may run, in the scheduler's terms. */
export function placementOf(
  run: Run,
  role: RolePlan,
): Pick<PodSpec, 'nodeSelector' | 'tolerations' | 'affinity' | 'topologySpreadConstraints'> {
  const { nodeSelector, tolerations, affinity = {}, nodes = {} } = run.benchmark.spec.placement ?? {};
  const merged: Affinity = {
    nodeAffinity: offControlPlane(withNode(affinity.nodeAffinity, nodes[role.name])),
    ...withTerms('podAffinity', affinity.podAffinity, topologyOf(run.benchmark.spec) === 'SameNode' ? [siblings(run)] : []),
    ...withTerms('podAntiAffinity', affinity.podAntiAffinity, [keptOff(run, role.name)]),
  };
  return {
    ...(nodeSelector ? { nodeSelector } : {}),
    tolerations: tolerationsOf(tolerations),
    affinity: merged,
    ...(role.replicas > 1 && topologyOf(run.benchmark.spec) !== 'SameNode' ? { topologySpreadConstraints: [spread(run, role)] } : {}),
  };
}

/** All pods of this attempt. */
function siblings(run: Run): Term {
  return { labelSelector: { matchLabels: attemptOf(run) }, topologyKey: hostname };
}

function attemptOf({ benchmark, attempt }: Run): Record<string, string> {
  return { [labels.uid]: benchmark.metadata.uid ?? '', [labels.attempt]: String(attempt) };
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
function withNode(own: NodeAffinity | undefined, node: string | undefined): NodeAffinity | undefined {
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

/**
 * Control-plane nodes come last: a figure taken beside the API server is one of both. Mostly they are tainted, and never taken; where they
 * are not, as in small clusters, there may be no others.
 */
function offControlPlane({ preferredDuringSchedulingIgnoredDuringExecution: own = [], ...more }: NodeAffinity = {}): NodeAffinity {
  const preference = { matchExpressions: [{ key: 'node-role.kubernetes.io/control-plane', operator: 'DoesNotExist' as const }] };
  return { ...more, preferredDuringSchedulingIgnoredDuringExecution: [...own, { weight: 100, preference }] };
}

/**
 * Replicas evenly over the nodes that they tolerate: figures of all on one node are others than of two and two. Who asks for any place
 * gets them where there is room; the scheduler then weighs evenness against what else speaks for a node, such as an image that it has.
 */
function spread(run: Run, role: RolePlan): object {
  const matchLabels = { ...attemptOf(run), [labels.role]: role.name };
  return {
    maxSkew: 1,
    topologyKey: hostname,
    whenUnsatisfiable: run.benchmark.spec.placement?.topology === 'Any' ? 'ScheduleAnyway' : 'DoNotSchedule',
    nodeTaintsPolicy: 'Honor',
    labelSelector: { matchLabels },
  };
}
