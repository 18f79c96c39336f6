import { events as eventResource } from '../kube/object.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Backend, Cause, HolderState, PodState } from './backend.ts';
import { excerpt } from './excerpt.ts';
import type { JobSet } from './jobset-object.ts';
import { jobs, jobSetObject, jobSets } from './jobset-object.ts';
import { jobSetWaiting, queueOf } from './jobset-waiting.ts';
import { labels } from './labels.ts';
import { jobSetPodPrefix } from './names.ts';
import type { Pod } from './pod.ts';
import { isPod } from './pod.ts';
import { resultFromLog } from './pod-frame.ts';
import { attemptOf } from './pod-identity.ts';
import type { Images } from './pod-object.ts';
import { deletion, podState } from './pod-state.ts';
import type { EventAbout } from './pod-waiting.ts';
import { eventsByObject } from './pod-waiting.ts';
import { unmadePod } from './unmade.ts';
import { sharedClaimsOf } from './volumes.ts';

/** Where JobSet notes at a pod whose it is: between the two there is a Job. */
const jobSetUid = 'jobset.sigs.k8s.io/jobset-uid';

/** Pods of a JobSet, which Kueue can admit as a whole. */
export function jobSetBackend(images: Images): Backend {
  return {
    name: 'JobSet',
    addOn: {
      holder: jobSets,
      watches: [
        { resource: jobSets },
        { resource: jobs },
        { resource: eventResource, fieldSelector: 'involvedObject.apiVersion=batch/v1,involvedObject.kind=Job,reason=FailedCreate' },
      ],
      install: 'JobSet 0.10 or later (https://jobset.sigs.k8s.io)',
      chartValue: 'backends.jobSet',
    },
    startsTogether: (_, roles) => roles.length > 0,
    objects: (run, roles) => [
      ...roles.flatMap((role) => sharedClaimsOf(run, role)),
      ...(roles.length > 0 ? [{ resource: jobSets, object: jobSetObject(run, images) }] : []),
    ],
    holders: (objects) => objects.filter(isJobSet).map((jobSet) => holderState(jobSet, objects.filter(isPod))),
    observe: (objects, events) => {
      const about = eventsByObject(events);
      const made = objects.filter(isPod).map((pod) => Object.assign(podState(pod, about(pod)), heldBy(pod)));
      const aboutJob = (jobSet: JobSet, role: string) => objects.filter((object) => isJobOf(object, jobSet, role)).flatMap(about);
      return [...made, ...objects.filter(isJobSet).flatMap((jobSet) => unmade(jobSet, made, (role) => aboutJob(jobSet, role)))];
    },
    resultFromLog,
  };
}

function isJobSet(object: KubeObject): object is JobSet {
  return object.kind === jobSets.kind;
}

function isJobOf({ kind, metadata }: KubeObject, { metadata: { uid } }: JobSet, role: string): boolean {
  return (
    kind === jobs.kind && metadata.labels?.[labels.role] === role && (metadata.ownerReferences?.some((owner) => owner.uid === uid) ?? false)
  );
}

function heldBy({ metadata }: Pod): { holder?: string } {
  const uid = metadata.labels?.[jobSetUid];
  return uid === undefined ? {} : { holder: uid };
}

function holderState(jobSet: JobSet, pods: readonly Pod[]): HolderState {
  const { metadata } = jobSet;
  const stopped = stopOf(jobSet, pods);
  return {
    resource: jobSets,
    name: metadata.name,
    uid: metadata.uid ?? '',
    attempt: attemptOf(jobSet),
    deleting: metadata.deletionTimestamp !== undefined,
    ...deletion(jobSet),
    ...(stopped ? { stopped } : {}),
  };
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
  const loses = pods.some((pod) => pod.metadata.deletionTimestamp !== undefined && heldBy(pod).holder === metadata.uid);
  if (!spec.suspend || !loses) return undefined;
  return {
    reason: 'PodEvicted',
    message: `JobSet ${metadata.name} was suspended after it had begun; it was admitted by ${queueOf(jobSet)}`,
  };
}

/** States of the pods that the Jobs of a JobSet have yet to make. @param about finds Events about the Job of a role */
function unmade(jobSet: JobSet, made: readonly PodState[], about: (role: string) => readonly EventAbout[]): PodState[] {
  const { metadata, spec } = jobSet;
  if (metadata.deletionTimestamp !== undefined || conditionOf(jobSet, 'Completed') || conditionOf(jobSet, 'Failed')) return [];
  const own = made.filter(({ holder }) => holder === metadata.uid);
  return spec.replicatedJobs.flatMap(({ name: role, template }) =>
    Array.from({ length: template.spec.completions }, (_, index) => index)
      .filter((index) => !own.some((pod) => pod.role === role && pod.index === index))
      .map((index) => {
        const name = jobSetPodPrefix(metadata.name, role, index).slice(0, -1);
        return unmadePod(jobSet, { name, role, index }, jobSetWaiting(jobSet, about(role)));
      }),
  );
}

function conditionOf({ status }: JobSet, type: string) {
  return status?.conditions?.find((condition) => condition.type === type && condition.status === 'True');
}
