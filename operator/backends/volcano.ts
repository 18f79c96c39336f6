import { events as eventResource } from '../kube/object.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Backend, Cause, HolderState, PodState, Waiting } from './backend.ts';
import { volcanoPodName } from './names.ts';
import { isPod } from './pod.ts';
import { resultFromLog } from './pod-frame.ts';
import { attemptOf } from './pod-identity.ts';
import type { Images } from './pod-object.ts';
import { deletion, podState } from './pod-state.ts';
import { eventsByObject } from './pod-waiting.ts';
import { unmadePod } from './unmade.ts';
import type { VolcanoJob } from './volcano-job.ts';
import { volcanoJob, volcanoJobs } from './volcano-job.ts';
import type { PodGroup } from './volcano-waiting.ts';
import { gangWaiting, podGroups } from './volcano-waiting.ts';
import { sharedClaimsOf } from './volumes.ts';

/** Phases of a Job that makes its pods, and those of one that somebody or something stopped. */
const making: ReadonlySet<string> = new Set(['', 'Pending', 'Running', 'Restarting']);
const stopped: ReadonlySet<string> = new Set(['Aborting', 'Aborted', 'Terminating', 'Terminated', 'Failed']);

/** Pods of a Volcano Job: a gang that starts whole or not at all, in a queue, by Volcano's scheduler. */
export function volcanoBackend(images: Images): Backend {
  return {
    name: 'Volcano',
    addOn: {
      holder: volcanoJobs,
      watches: [
        { resource: volcanoJobs },
        { resource: podGroups },
        { resource: eventResource, fieldSelector: 'involvedObject.kind=PodGroup,reason=Unschedulable' },
        { resource: eventResource, fieldSelector: 'involvedObject.apiVersion=batch.volcano.sh/v1alpha1,reason=FailedCreate' },
      ],
      install: 'Volcano 1.10 or later (https://volcano.sh)',
      chartValue: 'backends.volcano',
    },
    startsTogether: (_, roles) => roles.length > 0,
    objects: (run, roles) => [
      ...roles.flatMap((role) => sharedClaimsOf(run, role)),
      ...(roles.length > 0 ? [{ resource: volcanoJobs, object: volcanoJob(run, images) }] : []),
    ],
    holders: (objects) => objects.filter(isVolcanoJob).map(holderState),
    observe: (objects, events) => {
      const about = eventsByObject(events);
      const made = objects.filter(isPod).map((pod) => Object.assign(podState(pod, about(pod)), heldBy(pod)));
      const waits = (job: VolcanoJob) => gangWaiting(job, groupOf(job, objects), about);
      return [...made, ...objects.filter(isVolcanoJob).flatMap((job) => unmade(job, made, waits(job)))];
    },
    resultFromLog,
  };
}

function isVolcanoJob(object: KubeObject): object is VolcanoJob {
  return object.kind === 'Job' && (object.apiVersion ?? '').startsWith('batch.volcano.sh/');
}

function groupOf({ metadata }: VolcanoJob, objects: readonly KubeObject[]): PodGroup | undefined {
  return objects.find(({ kind, metadata: own }) => kind === 'PodGroup' && own.ownerReferences?.some(({ uid }) => uid === metadata.uid));
}

function heldBy({ metadata }: KubeObject): { holder?: string } {
  const uid = metadata.ownerReferences?.find(({ controller }) => controller === true)?.uid;
  return uid === undefined ? {} : { holder: uid };
}

function holderState(job: VolcanoJob): HolderState {
  const { metadata } = job;
  const cause = stopOf(job);
  return {
    resource: volcanoJobs,
    name: metadata.name,
    uid: metadata.uid ?? '',
    attempt: attemptOf(job),
    deleting: metadata.deletionTimestamp !== undefined,
    ...deletion(job),
    ...(cause ? { stopped: cause } : {}),
  };
}

function stopOf({ metadata, spec, status }: VolcanoJob): Cause | undefined {
  const { phase = '', message } = status?.state ?? {};
  if (!stopped.has(phase)) return undefined;
  const why = message ? `: ${message}` : `; if nobody stopped it: is there a queue ${spec.queue}?`;
  return { reason: 'JobStopped', message: `Volcano Job ${metadata.name} is ${phase}${why}` };
}

/** States of the pods that a Job has yet to make. */
function unmade(job: VolcanoJob, made: readonly PodState[], waiting: Waiting): PodState[] {
  const { metadata, spec, status } = job;
  if (metadata.deletionTimestamp !== undefined || !making.has(status?.state?.phase ?? '')) return [];
  const there = new Set(made.flatMap(({ name, holder }) => (holder === metadata.uid ? [name] : [])));
  const all = spec.tasks.flatMap(({ name: role, replicas }) =>
    Array.from({ length: replicas }, (_, index) => ({ name: volcanoPodName(metadata.name, role, index), role, index })),
  );
  return all.filter(({ name }) => !there.has(name)).map((pod) => unmadePod(job, pod, waiting));
}
