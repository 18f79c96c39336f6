import { labels } from '../../operator/backends/labels.ts';
import type { Pod } from '../../operator/backends/pod.ts';
import type { VolcanoJob } from '../../operator/backends/volcano-job.ts';
import { volcanoJobs } from '../../operator/backends/volcano-job.ts';
import { podGroups } from '../../operator/backends/volcano-waiting.ts';
import type { KubeClient } from '../../operator/kube/client.ts';
import { isAlreadyExists } from '../../operator/kube/errors.ts';
import type { FakeClock } from '../../operator/kube/fake-clock.ts';
import type { KubeObject } from '../../operator/kube/object.ts';
import { pods } from '../../operator/kube/object.ts';
import { anyDefinition, reference, ScriptedController } from './scripted-controller.ts';

/** Definitions of Volcano's kinds that take anything. */
export const volcanoDefinitions = [anyDefinition(volcanoJobs, 'status'), anyDefinition(podGroups)];

/** What Volcano's controller and scheduler do with Jobs, by their rules: a gang is let in whole, and a policy ends it. */
export class ScriptedVolcano extends ScriptedController<VolcanoJob> {
  /** Why the queue lets nobody in; undefined lets everybody in. */
  full: string | undefined;

  constructor(client: KubeClient, clock: FakeClock) {
    super(client, clock, volcanoJobs);
  }

  /** Ends a Job as `vcctl job suspend` does. */
  async abort(name: string): Promise<void> {
    const job = this.holders.list().find(({ metadata }) => metadata.name === name);
    if (job) await this.#kill(job, 'Aborted');
  }

  protected async tend(job: VolcanoJob): Promise<void> {
    const phase = job.status?.state?.phase ?? '';
    if (job.metadata.deletionTimestamp !== undefined || !['', 'Running'].includes(phase)) return;
    const own = this.#podsOf(job);
    if (phase === '') {
      await this.#group(job);
      if (this.full === undefined) await this.#make(job);
    } else if (own.length < job.spec.minAvailable || own.some((pod) => pod.status?.phase === 'Failed' || pod.metadata.deletionTimestamp)) {
      await this.#kill(job, 'Aborted');
    } else if (
      job.spec.tasks.some((task) => task.policies && own.every((pod) => roleOf(pod) !== task.name || pod.status?.phase === 'Succeeded'))
    ) {
      await this.#kill(job, 'Completed');
    }
  }

  async #group(job: VolcanoJob): Promise<void> {
    const { name, namespace = '', uid = '' } = job.metadata;
    const metadata = { name: `${name}-${uid}`, namespace, labels: job.metadata.labels ?? {}, ownerReferences: [reference(job)] };
    const conditions = this.full === undefined ? [] : [{ type: 'Unschedulable', status: 'True', message: this.full }];
    const group: KubeObject & { status: object } = { metadata, status: { phase: 'Pending', conditions } };
    try {
      await this.client.create(podGroups, group);
    } catch (error) {
      if (!isAlreadyExists(error)) throw error;
    }
  }

  async #make(job: VolcanoJob): Promise<void> {
    await this.#phase(job, 'Running');
    for (const { name: role, replicas, template } of job.spec.tasks) {
      for (let index = 0; index < replicas; index++) {
        const { name, namespace = '' } = job.metadata;
        const metadata = {
          name: `${name}-${role}-${index}`,
          namespace,
          labels: { ...template.metadata.labels, 'volcano.sh/task-index': String(index) },
          ownerReferences: [reference(job)],
        };
        const pod: Pod = { kind: 'Pod', metadata, spec: template.spec };
        this.pods.observe(await this.client.create(pods, pod));
      }
    }
  }

  /** Keeps what has ended, and frees the PodGroup. */
  async #kill(job: VolcanoJob, phase: string): Promise<void> {
    await this.#phase(job, phase);
    const { name, namespace = '', uid = '' } = job.metadata;
    await this.end(this.#podsOf(job));
    await this.quietly(() => this.client.delete(podGroups, { name: `${name}-${uid}`, namespace }));
  }

  async #phase({ metadata }: VolcanoJob, phase: string): Promise<void> {
    const status = { state: { phase } };
    this.holders.observe(await this.client.patch(volcanoJobs, metadata, { status }, { type: 'merge', subresource: 'status' }));
  }

  #podsOf({ metadata }: VolcanoJob): Pod[] {
    return this.pods.list().filter((pod) => pod.metadata.ownerReferences?.some(({ uid }) => uid === metadata.uid));
  }
}

function roleOf({ metadata }: Pod): string | undefined {
  return metadata.labels?.[labels.role];
}
