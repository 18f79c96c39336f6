import type { RolePlan } from '../../runners/workload.ts';
import type { BenchmarkSpec } from '../api/types.ts';
import type { KubeObject, Resource } from '../kube/object.ts';
import type { Run } from './backend.ts';
import { attemptLabels, ownerReferences } from './labels.ts';
import { holderName } from './names.ts';
import { replicaLabels } from './pod-identity.ts';
import type { Images, PodTemplate } from './pod-object.ts';
import { podTemplate } from './pod-object.ts';
import { timeToLive } from './time-to-live.ts';

export const volcanoJobs: Resource = { group: 'batch.volcano.sh', version: 'v1alpha1', plural: 'jobs', kind: 'Job' };

/** A batch.volcano.sh/v1alpha1 Job, as far as it is written and read here. */
export interface VolcanoJob extends KubeObject {
  spec: {
    minAvailable: number;
    schedulerName: string;
    queue: string;
    priorityClassName?: string;
    maxRetry: number;
    ttlSecondsAfterFinished?: number;
    policies: Policy[];
    tasks: Task[];
  };
  status?: { state?: { phase?: string; reason?: string; message?: string } };
}

interface Task {
  name: string;
  replicas: number;
  minAvailable: number;
  template: PodTemplate;
  policies?: Policy[];
}

interface Policy {
  events: ('PodEvicted' | 'PodFailed' | 'TaskCompleted')[];
  action: 'AbortJob' | 'CompleteJob';
}

/** All pods of an attempt as one gang. Every field is said that Volcano's webhook would fill in, since not every cluster has it. */
export function volcanoJob(run: Run, images: Images): VolcanoJob {
  const { benchmark, attempt, roles } = run;
  const { metadata, spec } = benchmark;
  return {
    apiVersion: 'batch.volcano.sh/v1alpha1',
    kind: 'Job',
    metadata: {
      name: holderName(metadata.name, attempt),
      ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
      labels: attemptLabels(benchmark, attempt),
      ownerReferences: ownerReferences(benchmark),
    },
    spec: {
      minAvailable: roles.reduce((sum, { replicas }) => sum + replicas, 0),
      schedulerName: spec.schedulerName ?? 'volcano',
      queue: queueOf(spec),
      ...(spec.priorityClassName === undefined ? {} : { priorityClassName: spec.priorityClassName }),
      // Volcano never restarts a run: another one is another attempt, with a record of its own.
      maxRetry: 1,
      ...timeToLive(spec),
      policies: [{ events: ['PodEvicted', 'PodFailed'], action: 'AbortJob' }],
      tasks: roles.map((role) => taskOf(run, role, images)),
    },
  };
}

/** Volcano's queue of a benchmark. */
export function queueOf({ queue = 'default' }: BenchmarkSpec): string {
  return queue;
}

function taskOf(run: Run, role: RolePlan, images: Images): Task {
  const { name, replicas } = role;
  // Where several roles end the run, Volcano cannot say that all of them have.
  const endsAll = role.ends && run.roles.filter(({ ends }) => ends).length === 1;
  return {
    name,
    replicas,
    minAvailable: replicas,
    template: podTemplate(run, role, { label: replicaLabels.volcano }, images),
    ...(endsAll ? { policies: [{ events: ['TaskCompleted'], action: 'CompleteJob' }] } : {}),
  };
}
