import type { JobSet } from '../../operator/backends/jobset-object.ts';
import { jobs, jobSets } from '../../operator/backends/jobset-object.ts';
import { labels } from '../../operator/backends/labels.ts';
import type { Pod } from '../../operator/backends/pod.ts';
import type { KubeClient } from '../../operator/kube/client.ts';
import type { FakeClock } from '../../operator/kube/fake-clock.ts';
import type { KubeObject } from '../../operator/kube/object.ts';
import { pods } from '../../operator/kube/object.ts';
import { anyDefinition, reference, ScriptedController } from './scripted-controller.ts';

/** Definitions of JobSets and of Jobs, which the API server in memory does not know, that take anything. */
export const jobSetDefinitions = [anyDefinition(jobSets, 'status'), anyDefinition(jobs, 'status')];

const jobSetUid = 'jobset.sigs.k8s.io/jobset-uid';

/** What JobSet's controller and that of Jobs do, by their rules: nothing while it is suspended, and nothing a second time. */
export class ScriptedJobSet extends ScriptedController<JobSet> {
  readonly #begun = new Set<string>();

  constructor(client: KubeClient, clock: FakeClock) {
    super(client, clock, jobSets);
  }

  /** Lets a JobSet start, or takes its place away again, as Kueue does. */
  async suspend(name: string, suspend: boolean): Promise<void> {
    await this.client.patch(jobSets, { name, namespace: 'bench' }, { spec: { suspend } }, { type: 'merge' });
  }

  protected async tend(jobSet: JobSet): Promise<void> {
    const { metadata, spec, status } = jobSet;
    if (metadata.deletionTimestamp !== undefined || status?.conditions?.length) return;
    const own = this.pods.list().filter((pod) => pod.metadata.labels?.[jobSetUid] === metadata.uid);
    const { targetReplicatedJobs: measuring } = spec.successPolicy;
    if (spec.suspend) await this.end(own);
    else if (own.length === 0 && !this.#begun.has(metadata.uid ?? '')) await this.#make(jobSet);
    else if (own.length < count(jobSet) || own.some((pod) => pod.status?.phase === 'Failed' || pod.metadata.deletionTimestamp)) {
      await this.#finish(jobSet, 'Failed', own);
    } else if (own.every((pod) => !measuring.includes(roleOf(pod)) || pod.status?.phase === 'Succeeded')) {
      await this.#finish(jobSet, 'Completed', own);
    }
  }

  async #make(jobSet: JobSet): Promise<void> {
    const { name, namespace = '', uid = '' } = jobSet.metadata;
    this.#begun.add(uid);
    for (const { name: role, template } of jobSet.spec.replicatedJobs) {
      const given: KubeObject = {
        apiVersion: `${jobs.group}/${jobs.version}`,
        kind: jobs.kind,
        metadata: { name: `${name}-${role}-0`, namespace, labels: template.metadata.labels, ownerReferences: [reference(jobSet)] },
      };
      const job = await this.client.create(jobs, given);
      const { completions, template: podTemplate } = template.spec;
      for (let index = 0; index < completions; index++) {
        const metadata = {
          name: `${job.metadata.name}-${index}-abcde`,
          namespace,
          labels: { ...podTemplate.metadata.labels, [jobSetUid]: uid, 'batch.kubernetes.io/job-completion-index': String(index) },
          ownerReferences: [reference(job)],
        };
        const pod: Pod = { kind: 'Pod', metadata, spec: podTemplate.spec };
        this.pods.observe(await this.client.create(pods, pod));
      }
    }
  }

  /** Deletes what still runs, and keeps what has ended. */
  async #finish({ metadata }: JobSet, type: 'Failed' | 'Completed', own: readonly Pod[]): Promise<void> {
    const status = { conditions: [{ type, status: 'True', message: `jobset ${type}` }] };
    this.holders.observe(await this.client.patch(jobSets, metadata, { status }, { type: 'merge', subresource: 'status' }));
    await this.end(own);
  }
}

function count({ spec }: JobSet): number {
  return spec.replicatedJobs.reduce((sum, { template }) => sum + template.spec.completions, 0);
}

function roleOf({ metadata }: Pod): string {
  return metadata.labels?.[labels.role] ?? '';
}
