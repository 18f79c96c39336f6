import { labels } from '../../operator/backends/labels.ts';
import type { VolcanoJob } from '../../operator/backends/volcano-job.ts';
import { volcanoJobs } from '../../operator/backends/volcano-job.ts';
import { podGroups } from '../../operator/backends/volcano-waiting.ts';
import type { Pod } from '../../operator/backends/pod.ts';
import { Cache } from '../../operator/kube/cache.ts';
import type { KubeClient } from '../../operator/kube/client.ts';
import type { FakeClock } from '../../operator/kube/fake-clock.ts';
import { isAlreadyExists, isConflict, isNotFound } from '../../operator/kube/errors.ts';
import type { KubeObject, Resource } from '../../operator/kube/object.ts';
import { pods } from '../../operator/kube/object.ts';
import { Reflector } from '../../operator/kube/reflector.ts';

/** Definitions of Volcano's kinds that take anything. */
export const volcanoDefinitions = [definition(volcanoJobs, ['status']), definition(podGroups, [])];

/** What Volcano's controller and scheduler do with Jobs, by their rules: a gang is let in whole, and a policy ends it. */
export class ScriptedVolcano {
  /** Why the queue lets nobody in; undefined lets everybody in. */
  full: string | undefined;
  readonly #client: KubeClient;
  readonly #clock: FakeClock;
  readonly #jobs = new Cache<VolcanoJob>();
  readonly #pods = new Cache<Pod>();
  readonly #reflectors: { start(): void; stop(): Promise<void>; synced: Promise<void> }[];
  #running = false;

  constructor(client: KubeClient, clock: FakeClock) {
    this.#client = client;
    this.#clock = clock;
    this.#reflectors = [
      new Reflector({ client, resource: volcanoJobs, cache: this.#jobs, clock }),
      new Reflector({ client, resource: pods, cache: this.#pods, clock }),
    ];
  }

  async start(): Promise<void> {
    for (const reflector of this.#reflectors) reflector.start();
    await Promise.all(this.#reflectors.map(({ synced }) => synced));
    this.#running = true;
    this.#later();
  }

  async stop(): Promise<void> {
    this.#running = false;
    await Promise.all(this.#reflectors.map((reflector) => reflector.stop()));
  }

  /** Ends a Job as `vcctl job suspend` does. */
  async abort(name: string): Promise<void> {
    const job = this.#jobs.list().find(({ metadata }) => metadata.name === name);
    if (job) await this.#kill(job, 'Aborted');
  }

  #later(): void {
    this.#clock.after(100, () => void this.#round());
  }

  async #round(): Promise<void> {
    for (const job of this.#jobs.list()) await this.#quietly(() => this.#tend(job));
    if (this.#running) this.#later();
  }

  async #tend(job: VolcanoJob): Promise<void> {
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
    const metadata = { name: `${name}-${uid}`, namespace, labels: job.metadata.labels ?? {}, ownerReferences: [referenceTo(job)] };
    const conditions = this.full === undefined ? [] : [{ type: 'Unschedulable', status: 'True', message: this.full }];
    const group: KubeObject & { status: object } = { metadata, status: { phase: 'Pending', conditions } };
    try {
      await this.#client.create(podGroups, group);
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
          ownerReferences: [referenceTo(job)],
        };
        const pod: Pod = { kind: 'Pod', metadata, spec: template.spec };
        this.#pods.observe(await this.#client.create(pods, pod));
      }
    }
  }

  /** Keeps what has ended, and frees the PodGroup. */
  async #kill(job: VolcanoJob, phase: string): Promise<void> {
    await this.#phase(job, phase);
    const { name, namespace = '', uid = '' } = job.metadata;
    for (const pod of this.#podsOf(job)) {
      if (pod.status?.phase !== 'Succeeded' && pod.status?.phase !== 'Failed') {
        await this.#quietly(() => this.#client.delete(pods, pod.metadata, { uid: pod.metadata.uid ?? '' }));
      }
    }
    await this.#quietly(() => this.#client.delete(podGroups, { name: `${name}-${uid}`, namespace }));
  }

  async #phase({ metadata }: VolcanoJob, phase: string): Promise<void> {
    const status = { state: { phase } };
    this.#jobs.observe(await this.#client.patch(volcanoJobs, metadata, { status }, { type: 'merge', subresource: 'status' }));
  }

  #podsOf({ metadata }: VolcanoJob): Pod[] {
    return this.#pods.list().filter((pod) => pod.metadata.ownerReferences?.some(({ uid }) => uid === metadata.uid));
  }

  /** Any of it may go at any time. */
  async #quietly(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isNotFound(error) && !isConflict(error)) throw error;
    }
  }
}

function roleOf({ metadata }: Pod): string | undefined {
  return metadata.labels?.[labels.role];
}

function referenceTo({ metadata }: VolcanoJob) {
  const { name, uid = '' } = metadata;
  return { apiVersion: 'batch.volcano.sh/v1alpha1', kind: 'Job', name, uid, controller: true, blockOwnerDeletion: true };
}

function definition({ group, version, plural, kind }: Resource, subresources: string[]): object {
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  const served = {
    name: version,
    served: true,
    storage: true,
    schema,
    subresources: Object.fromEntries(subresources.map((name) => [name, {}])),
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural, kind, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [served],
    },
  };
}
