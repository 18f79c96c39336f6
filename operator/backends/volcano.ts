import { events } from '../kube/object.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Backend, Cause } from './backend.ts';
import { excerpt } from './excerpt.ts';
import { holdingBackend } from './holding.ts';
import { volcanoPodName } from './names.ts';
import type { Images } from './pod-object.ts';
import type { VolcanoJob } from './volcano-job.ts';
import { volcanoJob, volcanoJobs } from './volcano-job.ts';
import type { PodGroup } from './volcano-waiting.ts';
import { gangWaiting, podGroups } from './volcano-waiting.ts';

/** Phases of a Job that makes its pods, and those of one that somebody or something stopped. */
const making: ReadonlySet<string> = new Set(['', 'Pending', 'Running', 'Restarting']);
const stopped: ReadonlySet<string> = new Set(['Aborting', 'Aborted', 'Terminating', 'Terminated', 'Failed']);

/** Pods of a Volcano Job: a gang that starts whole or not at all, in a queue, by Volcano's scheduler. */
export function volcanoBackend(images: Images): Backend {
  return holdingBackend<VolcanoJob>({
    name: 'Volcano',
    addOn: {
      holder: volcanoJobs,
      watches: [
        { resource: volcanoJobs },
        { resource: podGroups },
        { resource: events, fieldSelector: 'involvedObject.kind=PodGroup,reason=Unschedulable' },
        { resource: events, fieldSelector: 'involvedObject.apiVersion=batch.volcano.sh/v1alpha1,reason=FailedCreate' },
      ],
      install: 'Volcano 1.10 or later (https://volcano.sh)',
      chartValue: 'backends.volcano',
    },
    objectOf: (run) => volcanoJob(run, images),
    holderOf: ({ metadata }) => metadata.ownerReferences?.find(({ controller }) => controller === true)?.uid,
    stopped: stopOf,
    rolesOf,
    podName: volcanoPodName,
    waits: (job, objects, about) => {
      const waiting = gangWaiting(job, groupOf(job, objects), about);
      return () => waiting;
    },
  });
}

function groupOf({ metadata }: VolcanoJob, objects: readonly KubeObject[]): PodGroup | undefined {
  return objects.find(({ kind, metadata: own }) => kind === 'PodGroup' && own.ownerReferences?.some(({ uid }) => uid === metadata.uid));
}

function stopOf({ metadata, spec, status }: VolcanoJob): Cause | undefined {
  const { phase = '', message } = status?.state ?? {};
  if (!stopped.has(phase)) return undefined;
  const why = message ? `: ${excerpt(message)}` : `; if nobody stopped it: is there a queue ${spec.queue}?`;
  return { reason: 'JobStopped', message: `Volcano Job ${metadata.name} is ${phase}${why}` };
}

function rolesOf({ spec, status }: VolcanoJob): { role: string; replicas: number }[] {
  if (!making.has(status?.state?.phase ?? '')) return [];
  return spec.tasks.map(({ name, replicas }) => ({ role: name, replicas }));
}
