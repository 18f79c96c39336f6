import type { Pod, PodAffinityTerm } from './pod.ts';
import { hasEnded } from './pod.ts';
import { meets, selects } from '../../operator/kube/label-selector.ts';

/** A node that pods can be put on. */
export interface Candidate {
  name: string;
  labels: Record<string, string>;
}

/** A pod that has a node. */
export interface Placed {
  pod: Pod;
  node: string;
}

export type Placement = { node: string } | { message: string };

/** Pods a node takes, as the kubelet's default. */
export const podsPerNode = 110;
const hostname = 'kubernetes.io/hostname';

/**
 * The node for a pod: the one with the fewest pods among those that its node selector, its required node affinity and the
 * required pod affinities on either side allow; or the scheduler's words for why there is none.
 */
export function place(pod: Pod, candidates: readonly Candidate[], placed: readonly Placed[]): Placement {
  const neighbours = placed.filter((one) => !hasEnded(one.pod));
  const refusals = new Map<string, number>();
  const fitting = candidates.filter((candidate) => {
    const refusal = checks.find(([, fits]) => !fits(pod, candidate, neighbours))?.[0];
    if (refusal !== undefined) refusals.set(refusal, (refusals.get(refusal) ?? 0) + 1);
    return refusal === undefined;
  });
  const load = (node: string) => neighbours.filter((one) => one.node === node).length;
  const [first] = fitting.toSorted((a, b) => load(a.name) - load(b.name));
  if (first) return { node: first.name };
  const causes = [...refusals].map(([refusal, count]) => `${count} ${refusal}`).toSorted();
  return { message: `0/${candidates.length} nodes are available${causes.length > 0 ? `: ${causes.join(', ')}` : ''}.` };
}

type Fits = (pod: Pod, candidate: Candidate, neighbours: readonly Placed[]) => boolean;

// In the scheduler's order and words, so that the operator's reading of them is the same here and in a cluster.
const checks: [refusal: string, fits: Fits][] = [
  ["node(s) didn't match Pod's node affinity/selector", fitsNode],
  ['Too many pods', (_, { name }, neighbours) => neighbours.filter(({ node }) => node === name).length < podsPerNode],
  ["node(s) didn't match pod affinity rules", fitsAffinity],
  ["node(s) didn't match pod anti-affinity rules", fitsAntiAffinity],
  ["node(s) didn't satisfy existing pods anti-affinity rules", fitsNeighbours],
];

function fitsNode({ spec }: Pod, { name, labels }: Candidate): boolean {
  const selected = Object.entries(spec.nodeSelector ?? {}).every(([key, value]) => labels[key] === value);
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  if (!terms) return selected;
  const fields = { 'metadata.name': name };
  return (
    selected &&
    terms.some(
      ({ matchExpressions = [], matchFields = [] }) =>
        matchExpressions.length + matchFields.length > 0 &&
        matchExpressions.every((one) => meets(one, labels)) &&
        matchFields.every((one) => meets(one, fields)),
    )
  );
}

function fitsAffinity(pod: Pod, { name }: Candidate, neighbours: readonly Placed[]): boolean {
  const terms = pod.spec.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  return terms.every((term) => {
    const friends = neighbours.filter((one) => concerns(term, pod, one.pod));
    // The first of a group that wants to be together has nobody to join, and may go anywhere.
    if (friends.length === 0) return concerns(term, pod, pod);
    return friends.some(({ node }) => sameDomain(term, node, name));
  });
}

function fitsAntiAffinity(pod: Pod, { name }: Candidate, neighbours: readonly Placed[]): boolean {
  return antiTerms(pod).every((term) => !neighbours.some((one) => sameDomain(term, one.node, name) && concerns(term, pod, one.pod)));
}

function fitsNeighbours(pod: Pod, { name }: Candidate, neighbours: readonly Placed[]): boolean {
  return neighbours.every((one) => antiTerms(one.pod).every((term) => !sameDomain(term, one.node, name) || !concerns(term, one.pod, pod)));
}

function antiTerms({ spec }: Pod): PodAffinityTerm[] {
  return spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
}

/** All nodes here are on one machine: every topology but the host is one domain. */
function sameDomain({ topologyKey }: PodAffinityTerm, node: string, other: string): boolean {
  return topologyKey !== hostname || node === other;
}

/** Whether a term of `owner` speaks of `other`: its own namespace unless it names some, or all with an empty selector. */
function concerns({ labelSelector, namespaces, namespaceSelector }: PodAffinityTerm, owner: Pod, other: Pod): boolean {
  const named = namespaces?.length ? namespaces : [owner.metadata.namespace];
  return (
    (namespaceSelector !== undefined || named.includes(other.metadata.namespace)) && selects(labelSelector, other.metadata.labels ?? {})
  );
}
