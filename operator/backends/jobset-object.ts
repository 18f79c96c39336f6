import type { RolePlan } from '../../runners/workload.ts';
import type { KubeObject, Resource } from '../kube/object.ts';
import type { Run } from './backend.ts';
import { queueLabel } from './kueue.ts';
import { attemptLabels, labels, ownerReferences } from './labels.ts';
import { holderName } from './names.ts';
import { replicaLabels } from './pod-identity.ts';
import type { Images, PodTemplate } from './pod-object.ts';
import { podTemplate } from './pod-object.ts';
import { timeToLive } from './time-to-live.ts';

export const jobSets: Resource = { group: 'jobset.x-k8s.io', version: 'v1alpha2', plural: 'jobsets', kind: 'JobSet' };
export const jobs: Resource = { group: 'batch', version: 'v1', plural: 'jobs', kind: 'Job' };

/** A JobSet, as far as it is written and read here. */
export interface JobSet extends KubeObject {
  spec: {
    suspend: boolean;
    network: { enableDNSHostnames: false };
    successPolicy: { operator: 'All'; targetReplicatedJobs: string[] };
    failurePolicy: { maxRestarts: 0 };
    ttlSecondsAfterFinished?: number;
    replicatedJobs: ReplicatedJob[];
  };
  status?: { conditions?: { type: string; status: string; reason?: string; message?: string }[] };
}

interface ReplicatedJob {
  name: string;
  replicas: 1;
  template: {
    metadata: { labels: Record<string, string> };
    spec: { parallelism: number; completions: number; completionMode: 'Indexed'; backoffLimit: 0; template: PodTemplate };
  };
}

/**
 * An attempt as one JobSet, a Job a role. Nothing is made a second time: a retry is another attempt. It is complete when the roles are whose
 * end is the end of the run, and then ends the others. With a queue it waits, suspended, for Kueue.
 */
export function jobSetObject(run: Run, images: Images): JobSet {
  const { benchmark, attempt, roles } = run;
  const { metadata, spec } = benchmark;
  return {
    apiVersion: `${jobSets.group}/${jobSets.version}`,
    kind: jobSets.kind,
    metadata: {
      name: holderName(metadata.name, attempt),
      ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
      labels: { ...attemptLabels(benchmark, attempt), ...(spec.queue === undefined ? {} : { [queueLabel]: spec.queue }) },
      ownerReferences: ownerReferences(benchmark),
    },
    spec: {
      suspend: spec.queue !== undefined,
      network: { enableDNSHostnames: false },
      successPolicy: { operator: 'All', targetReplicatedJobs: roles.filter(({ ends }) => ends).map(({ name }) => name) },
      failurePolicy: { maxRestarts: 0 },
      ...timeToLive(spec),
      replicatedJobs: roles.map((role) => replicatedJob(run, role, images)),
    },
  };
}

function replicatedJob(run: Run, role: RolePlan, images: Images): ReplicatedJob {
  const { name, replicas } = role;
  return {
    name,
    replicas: 1,
    template: {
      metadata: { labels: { ...attemptLabels(run.benchmark, run.attempt), [labels.role]: name } },
      spec: {
        parallelism: replicas,
        completions: replicas,
        completionMode: 'Indexed',
        backoffLimit: 0,
        template: podTemplate(run, role, { label: replicaLabels.job }, images),
      },
    },
  };
}
