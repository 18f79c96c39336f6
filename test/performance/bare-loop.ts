import type { RolePlan } from '../../runners/workload.ts';
import { workloadOf } from '../../runners/registry.ts';
import { effectiveSpec } from '../../operator/api/parameters.ts';
import type { Benchmark, BenchmarkSet } from '../../operator/api/types.ts';
import type { Backend } from '../../operator/backends/backend.ts';
import { hasEnded } from '../../operator/backends/pod.ts';
import type { Pod } from '../../operator/backends/pod.ts';
import { memberOf, planOf } from '../../operator/benchmarkset/plan.ts';
import type { Plan, PlannedRun } from '../../operator/benchmarkset/plan.ts';
import type { KubeClient } from '../../operator/kube/client.ts';
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

  /** @returns pods that are left */
  async #member(set: BenchmarkSet, plan: Plan, run: PlannedRun): Promise<Pod[]> {
    const { creator, client, awaited } = this.#options;
    const created = await creator.create(benchmarks, memberOf(set, plan, run));
    const benchmark: Benchmark = { ...created, spec: effectiveSpec(created.spec) };
    const chosen = workloadOf(benchmark.spec);
    if (!chosen) throw new Error(`${run.name} names no workload`);
    const { name, metrics } = chosen.workload;
    const roles = chosen.workload.plan(chosen.parameters);
    const running = await this.#start(benchmark, roles);
    const begun = await client.replaceStatus(benchmarks, { ...benchmark, status: runningStatus(benchmark, name, running) });
    const ending = new Set(roles.filter(({ ends }) => ends).map((role) => role.name));
    const measuring = running.filter(({ metadata }) => ending.has(metadata.labels?.['assay.dev/role'] ?? ''));
    await Promise.all(measuring.map((pod) => awaited.until(pod, hasEnded)));
    const figures = metrics.map((metric) => ({ name: metric.name, unit: metric.unit, better: metric.better, value: 1 }));
    await client.replaceStatus(benchmarks, { ...begun, status: finalStatus(begun, name, running, figures) });
    return running;
  }

  /** Creates the pods role by role, those first that others need the addresses of, and waits until all run. */
  async #start(benchmark: Benchmark, roles: readonly RolePlan[]): Promise<Pod[]> {
    const { client, backend, awaited } = this.#options;
    const peers: Record<string, string[]> = {};
    const all: Pod[] = [];
    for (const role of roles) {
      const run = { benchmark, attempt: 0, roles: [...roles], peers };
      const objects = backend.objects(run, [role]);
      await Promise.all(objects.map(({ resource, object }) => client.create(resource, object)));
      const running = await Promise.all(objects.map(({ object }) => awaited.until(object, isRunning)));
      peers[role.name] = running.map(({ status }) => status?.podIP ?? '');
      all.push(...running);
    }
    return all;
  }

  async #remove(left: readonly Pod[]): Promise<void> {
    const { client } = this.#options;
    await Promise.all(
      left.map(({ metadata }) => client.delete(pods, metadata, { ...(metadata.uid !== undefined && { uid: metadata.uid }) })),
    );
  }
}

function isRunning({ status }: Pod): boolean {
  return status?.phase !== undefined && status.phase !== 'Pending' && status.podIP !== undefined;
}
