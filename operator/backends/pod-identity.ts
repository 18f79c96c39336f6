import type { KubeObject } from '../kube/object.ts';
import { labels } from './labels.ts';
import type { Pod } from './pod.ts';

/** Which pod of which attempt a pod is. */
export interface PodIdentity {
  role: string;
  index: number;
  attempt: number;
}

/** Where those that make pods from a template write, over whatever the template says, which replica a pod is. */
export const replicaLabels = {
  volcano: 'volcano.sh/task-index',
  job: 'batch.kubernetes.io/job-completion-index',
} as const;

const byMaker: Readonly<Record<string, string>> = {
  'batch.volcano.sh/v1alpha1': replicaLabels.volcano,
  'batch/v1': replicaLabels.job,
};

/** Of a pod of ours, by the labels of the operator and of what made the pod. */
export function identityOf(pod: Pod): PodIdentity {
  const { labels: own = {}, ownerReferences = [] } = pod.metadata;
  const maker = ownerReferences.find(({ controller }) => controller === true);
  return {
    role: own[labels.role] ?? '',
    index: wholeNumber(own[byMaker[maker?.apiVersion ?? ''] ?? labels.index]),
    attempt: attemptOf(pod),
  };
}

/** The attempt that made an object. */
export function attemptOf({ metadata }: KubeObject): number {
  return wholeNumber(metadata.labels?.[labels.attempt]);
}

function wholeNumber(text: string | undefined): number {
  return /^\d{1,6}$/.test(text ?? '') ? Number(text) : 0;
}
