import { events } from '../kube/object.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Backend, Cause } from './backend.ts';
import { excerpt } from './excerpt.ts';
import { holdingBackend } from './holding.ts';
import type { JobSet } from './jobset-object.ts';
import { jobs, jobSetObject, jobSets } from './jobset-object.ts';
import { jobSetWaiting, queueOf } from './jobset-waiting.ts';
import { labels } from './labels.ts';
import { jobSetPodPrefix } from './names.ts';
import type { Pod } from './pod.ts';
import type { Images } from './pod-object.ts';

/** Where JobSet notes at a pod whose it is: between the two there is a Job. */
const jobSetUid = 'jobset.sigs.k8s.io/jobset-uid';

/** Pods of a JobSet, which Kueue can admit as a whole. */
export function jobSetBackend(images: Images): Backend {
  return holdingBackend<JobSet>({
    name: 'JobSet',
    addOn: {
      holder: jobSets,
      watches: [
        { resource: jobSets },
        { resource: jobs },
        { resource: events, fieldSelector: 'involvedObject.apiVersion=batch/v1,involvedObject.kind=Job,reason=FailedCreate' },
      ],
      install: 'JobSet 0.10 or later (https://jobset.sigs.k8s.io)',
      chartValue: 'backends.jobSet',
    },
    objectOf: (run) => jobSetObject(run, images),
    holderOf: ({ metadata }) => metadata.labels?.[jobSetUid],
    stopped: stopOf,
    rolesOf,
    // Without the dash before the five characters that are not known yet.
    podName: (...pod) => jobSetPodPrefix(...pod).slice(0, -1),
    waits: (jobSet, objects, about) => (role) =>
      jobSetWaiting(jobSet, objects.filter((object) => isJobOf(object, jobSet, role)).flatMap(about)),
  });
}

function isJobOf({ kind, metadata }: KubeObject, { metadata: { uid } }: JobSet, role: string): boolean {
  return (
    kind === jobs.kind && metadata.labels?.[labels.role] === role && (metadata.ownerReferences?.some((owner) => owner.uid === uid) ?? false)
  );
}

/**
 * One that is suspended after it has begun loses its pods: its queue wants their place for another. Pods alone do not say that it had
 * begun, since they may be seen before it is seen to be resumed.
 */
function stopOf(jobSet: JobSet, pods: readonly Pod[]): Cause | undefined {
  const { metadata, spec } = jobSet;
  const failed = conditionOf(jobSet, 'Failed');
  if (failed)
    return {
      reason: 'JobStopped',
      message: `JobSet ${metadata.name} failed: ${excerpt(failed.message ?? 'no further explanation', 1000)}`,
    };
  if (!spec.suspend || !pods.some((pod) => pod.metadata.deletionTimestamp !== undefined)) return undefined;
  return {
    reason: 'PodEvicted',
    message: `JobSet ${metadata.name} was suspended after it had begun; it was admitted by ${queueOf(jobSet)}`,
  };
}

function rolesOf(jobSet: JobSet): { role: string; replicas: number }[] {
  if (conditionOf(jobSet, 'Completed') || conditionOf(jobSet, 'Failed')) return [];
  return jobSet.spec.replicatedJobs.map(({ name, template }) => ({ role: name, replicas: template.spec.completions }));
}

function conditionOf({ status }: JobSet, type: string) {
  return status?.conditions?.find((condition) => condition.type === type && condition.status === 'True');
}
