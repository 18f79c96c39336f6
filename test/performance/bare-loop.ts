import type { RolePlan } from '../../runners/workload.ts';
import { workloadOf } from '../../runners/registry.ts';
import { effectiveSpec } from '../../operator/api/parameters.ts';
import type { Benchmark, BenchmarkSet } from '../../operator/api/types.ts';
import type { Backend, Creation } from '../../operator/backends/backend.ts';
import { peersAnnotation, peersText } from '../../operator/backends/peers.ts';
import { hasEnded } from '../../operator/backends/pod.ts';
import type { Pod } from '../../operator/backends/pod.ts';
import { memberOf, planOf } from '../../operator/benchmarkset/plan.ts';
import type { Plan, PlannedRun } from '../../operator/benchmarkset/plan.ts';
import type { KubeClient } from '../../operator/kube/client.ts';
import type { KubeObject } from '../../operator/kube/object.ts';
import { benchmarks, pods } from '../../operator/kube/object.ts';
import type { AwaitedPods } from './awaited-pods.ts';
import { finalStatus, runningStatus } from './bare-status.ts';

export interface BareLoopOptions {
  /** Makes the Benchmarks. Apart from all else, so that those that are there go on while more are made. */
  creator: KubeClient;
  client: KubeClient;
  backend: Backend;
  awaited: AwaitedPods;
}

/** The pods of a member, running, and what is to be deleted to be rid of them: pods, or what holds them. */
interface Started {
  running: Pod[];
  made: Creation[];
}

/** Seconds in which the operator lets pods that start together wait for their peers' addresses; here it only has to be a number. */
const toldWithin = 60;

/**
 * The same API writes as the operator makes for a set, with the same objects through the same client, but decided by nobody: what
 * the machine could do at best. A place is free for the next member as soon as the last status of one is written.
 */
export class BareLoop {
  readonly #options: BareLoopOptions;

  constructor(options: BareLoopOptions) {
    this.#options = options;
  }

  /** Runs all members, `spec.parallelism` at once. */
  async run(set: BenchmarkSet): Promise<void> {
    const plan = planOf(set);
    const waiting = plan.runs.values();
    const removals: Promise<unknown>[] = [];
    const place = async () => {
      for (const run of waiting) removals.push(this.#remove(await this.#member(set, plan, run)));
    };
    await Promise.all(Array.from({ length: set.spec.parallelism ?? 1 }, place));
    await Promise.all(removals);
  }

  /** @returns what is left of it beside the Benchmark */
  async #member(set: BenchmarkSet, plan: Plan, run: PlannedRun): Promise<Creation[]> {
    const { creator, client, awaited } = this.#options;
    const created = await creator.create(benchmarks, memberOf(set, plan, run));
    const benchmark: Benchmark = { ...created, spec: effectiveSpec(created.spec) };
    const chosen = workloadOf(benchmark.spec);
    if (!chosen) throw new Error(`${run.name} names no workload`);
    const { name, metrics } = chosen.workload;
    const roles = chosen.workload.plan(chosen.parameters);
    const together = this.#options.backend.startsTogether(benchmark, roles);
    const { running, made } = await (together ? this.#startTogether(benchmark, roles) : this.#start(benchmark, roles));
    const begun = await client.replaceStatus(benchmarks, { ...benchmark, status: runningStatus(benchmark, name, running) });
    const ending = new Set(roles.filter(({ ends }) => ends).map((role) => role.name));
    const measuring = running.filter(({ metadata }) => ending.has(metadata.labels?.['assay.dev/role'] ?? ''));
    await Promise.all(measuring.map((pod) => awaited.until(pod, hasEnded)));
    const figures = metrics.map((metric) => ({ name: metric.name, unit: metric.unit, better: metric.better, value: 1 }));
    await client.replaceStatus(benchmarks, { ...begun, status: finalStatus(begun, name, running, figures) });
    return made;
  }

  /** Creates the pods role by role, those first that others need the addresses of, and waits until all run. */
  async #start(benchmark: Benchmark, roles: readonly RolePlan[]): Promise<Started> {
    const { backend, awaited } = this.#options;
    const peers: Record<string, string[]> = {};
    const all: Started = { running: [], made: [] };
    for (const role of roles) {
      const run = { benchmark, attempt: 0, roles: [...roles], peers };
      const objects = backend.objects(run, [role]);
      all.made.push(...(await this.#create(objects)));
      const running = await Promise.all(objects.map(({ object }) => awaited.until(object, isRunning)));
      peers[role.name] = running.map(({ status }) => status?.podIP ?? '');
      all.running.push(...running);
    }
    return all;
  }

  /** Creates what holds all pods, waits until they run, and tells those that need addresses the addresses of their peers. */
  async #startTogether(benchmark: Benchmark, roles: readonly RolePlan[]): Promise<Started> {
    const { client, backend, awaited } = this.#options;
    const { namespace } = benchmark.metadata;
    const made = await this.#create(backend.objects({ benchmark, attempt: 0, roles: [...roles], peers: {}, toldWithin }, roles));
    const states = backend.observe(
      made.map(({ object }) => object),
      [],
    );
    const running = await Promise.all(
      states.map(async ({ name, role }) => {
        const metadata = { name, ...(namespace !== undefined && { namespace }) };
        return { role, pod: await awaited.until({ metadata }, isRunning) };
      }),
    );
    const addresses = Map.groupBy(running, ({ role }) => role);
    const peers = Object.fromEntries([...addresses].map(([role, all]) => [role, all.map(({ pod }) => pod.status?.podIP ?? '')]));
    const told = roles.flatMap((role) => (role.after?.length ? (addresses.get(role.name) ?? []).map(({ pod }) => ({ role, pod })) : []));
    await Promise.all(
      told.map(({ role, pod }) => {
        const annotations = { [peersAnnotation]: peersText(role, peers) };
        return client.patch(pods, pod.metadata, { metadata: { annotations } }, { type: 'merge' });
      }),
    );
    return { running: running.map(({ pod }) => pod), made };
  }

  async #create(creations: readonly Creation[]): Promise<Creation[]> {
    const { client } = this.#options;
    return await Promise.all(
      creations.map(async ({ resource, object }) => ({ resource, object: await client.create<KubeObject>(resource, object) })),
    );
  }

  async #remove(left: readonly Creation[]): Promise<void> {
    const { client } = this.#options;
    await Promise.all(
      left.map(({ resource, object: { metadata } }) => {
        // As the operator does: what holds pods stays to be seen until they are gone.
        const propagation = resource === pods ? {} : { propagationPolicy: 'Foreground' as const };
        return client.delete(resource, metadata, { ...(metadata.uid !== undefined && { uid: metadata.uid }), ...propagation });
      }),
    );
  }
}

function isRunning({ status }: Pod): boolean {
  return status?.phase !== undefined && status.phase !== 'Pending' && status.podIP !== undefined;
}
