import type { Run } from './backend.ts';
import { groupName } from './names.ts';

/** What Kueue reads from a pod, by its conventions for plain pods and groups of them. */
export interface KueueMetadata {
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

export const queueLabel = 'kueue.x-k8s.io/queue-name';

/**
 * The queue of a pod and, where all pods of a run start at once, the group that they are admitted as: whole or not at all. A group
 * of its own for each attempt, in which a pod that failed is not waited to be replaced: a retry is another attempt.
 */
export function kueueMetadata({ benchmark, attempt, roles, toldWithin }: Run): KueueMetadata {
  const { metadata, spec } = benchmark;
  if (spec.queue === undefined) return { labels: {}, annotations: {} };
  const queue = { [queueLabel]: spec.queue };
  if (toldWithin === undefined) return { labels: queue, annotations: {} };
  const count = roles.reduce((sum, { replicas }) => sum + replicas, 0);
  return {
    labels: { ...queue, 'kueue.x-k8s.io/pod-group-name': groupName(metadata, attempt) },
    annotations: { 'kueue.x-k8s.io/pod-group-total-count': String(count), 'kueue.x-k8s.io/retriable-in-group': 'false' },
  };
}
