import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type {
  Benchmark,
  BenchmarkPhase,
  BenchmarkSet,
  BenchmarkSetPhase,
  BenchmarkSetSpec,
  BenchmarkSpec,
} from '../../operator/api/types.ts';
import type { Pod, PodStatus } from '../../operator/backends/pod.ts';
import type { KubeClient } from '../../operator/kube/client.ts';
import { isNotFound } from '../../operator/kube/errors.ts';
import { benchmarks, benchmarkSets, configMaps, pods } from '../../operator/kube/object.ts';
import type { KubeObject, Resource } from '../../operator/kube/object.ts';
import type { ConfigMap } from '../../operator/results/configmap.ts';
import { readResults } from '../../operator/results/read.ts';
import type { ReportSummary } from '../../operator/results/summary.ts';
import type { ControlPlane } from '../cluster/control-plane.ts';
import type { Request } from './requests.ts';
import { isWrite } from './requests.ts';
import { until } from './until.ts';

const quotas: Resource = { group: '', version: 'v1', plural: 'resourcequotas', kind: 'ResourceQuota' };
const apiVersion = 'assay.dev/v1alpha1';
const ended = ['Succeeded', 'Failed', 'Cancelled'] as const;

/** The cluster that a namespace is in, as far as a namespace needs it. */
export interface Surroundings {
  client: KubeClient;
  controlPlane: Pick<ControlPlane, 'kubectl' | 'kubeconfig'>;
  /** The operator's requests in a namespace. */
  operatorRequests(namespace: string): Promise<Request[]>;
}

/** One test's namespace, and what a user does in it. */
export class TestNamespace {
  readonly name: string;
  readonly #cluster: Surroundings;

  constructor(cluster: Surroundings, name: string) {
    this.#cluster = cluster;
    this.name = name;
  }

  async create(name: string, spec: BenchmarkSpec): Promise<Benchmark> {
    const object: Benchmark = { apiVersion, kind: 'Benchmark', metadata: { name, namespace: this.name }, spec };
    return await this.#cluster.client.create(benchmarks, object, { fieldValidation: 'Strict' });
  }

  async createSet(name: string, spec: BenchmarkSetSpec): Promise<BenchmarkSet> {
    const object: BenchmarkSet = { apiVersion, kind: 'BenchmarkSet', metadata: { name, namespace: this.name }, spec };
    return await this.#cluster.client.create(benchmarkSets, object, { fieldValidation: 'Strict' });
  }

  async patch(name: string, spec: Partial<BenchmarkSpec>): Promise<void> {
    await this.#cluster.client.patch(benchmarks, this.#ref(name), { spec }, { type: 'merge' });
  }

  async patchSet(name: string, spec: Partial<BenchmarkSetSpec>): Promise<void> {
    await this.#cluster.client.patch(benchmarkSets, this.#ref(name), { spec }, { type: 'merge' });
  }

  async deleteSet(name: string): Promise<void> {
    await this.#cluster.client.delete(benchmarkSets, this.#ref(name), { propagationPolicy: 'Background' });
  }

  async benchmark(name: string): Promise<Benchmark> {
    return await this.#cluster.client.get(benchmarks, this.#ref(name));
  }

  async benchmarks(): Promise<Benchmark[]> {
    return (await this.#cluster.client.list<Benchmark>(benchmarks, { namespace: this.name })).items;
  }

  async set(name: string): Promise<BenchmarkSet> {
    return await this.#cluster.client.get(benchmarkSets, this.#ref(name));
  }

  async pods(): Promise<Pod[]> {
    return (await this.#cluster.client.list<Pod>(pods, { namespace: this.name })).items;
  }

  /** Waits for a phase; one that ended otherwise is an error at once. */
  async untilPhase(name: string, phase: BenchmarkPhase, limit?: number): Promise<Benchmark> {
    const look = () => this.benchmark(name);
    return await this.#inPhase(`benchmark ${name} ${phase}`, look, phase, limit);
  }

  async untilSetPhase(name: string, phase: BenchmarkSetPhase, limit?: number): Promise<BenchmarkSet> {
    return await this.#inPhase(`set ${name} ${phase}`, () => this.set(name), phase, limit);
  }

  /** Waits for a pod that `wanted` accepts. */
  async untilPod(what: string, wanted: (pod: Pod) => boolean = () => true, limit?: number): Promise<Pod> {
    const evidence = async () => JSON.stringify((await this.pods()).map(({ metadata, status }) => [metadata.name, status?.phase]));
    return await until(what, async () => (await this.pods()).find(wanted), limit, evidence);
  }

  async untilNoPods(limit?: number): Promise<void> {
    await until('no pods', async () => ((await this.pods()).length === 0 ? true : undefined), limit);
  }

  async deletePod(name: string, gracePeriodSeconds?: number): Promise<void> {
    const options = gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds };
    await this.#cluster.client.delete(pods, this.#ref(name), options);
  }

  /** As a kubelet does when their processes have ended. The operator may be removing them, too. */
  async removePods(): Promise<void> {
    for (const { metadata } of await this.pods()) await this.exists(() => this.deletePod(metadata.name, 0));
  }

  async createPod(pod: KubeObject & { spec: object }): Promise<void> {
    await this.#cluster.client.create(pods, { ...pod, metadata: { ...pod.metadata, namespace: this.name } });
  }

  /** As the scheduler does. */
  async bind(name: string, node: string): Promise<void> {
    const target = { apiVersion: 'v1', kind: 'Node', name: node };
    await this.#cluster.client.createUnder(pods, this.#ref(name), 'binding', { metadata: { name }, target });
  }

  /** As the kubelet does. */
  async setPodStatus(name: string, status: PodStatus): Promise<void> {
    await this.#cluster.client.patch(pods, this.#ref(name), { status }, { type: 'merge', subresource: 'status' });
  }

  /** A quota with its first count, which a controller makes elsewhere. @param hard limits by name, such as `pods: '0'` */
  async setQuota(hard: Record<string, string>): Promise<void> {
    const used = Object.fromEntries(Object.keys(hard).map((name) => [name, '0']));
    await this.#cluster.client.create<KubeObject & { spec: object }>(quotas, { metadata: this.#ref('quota'), spec: { hard } });
    await this.#cluster.client.patch(quotas, this.#ref('quota'), { status: { hard, used } }, { type: 'merge', subresource: 'status' });
  }

  async configMap(name: string): Promise<ConfigMap> {
    return await this.#cluster.client.get(configMaps, this.#ref(name));
  }

  /** The checked summary.json of a results ConfigMap. */
  async summary(name: string): Promise<ReportSummary> {
    const text = readResults([await this.configMap(name)])['summary.json'] ?? '';
    return JSON.parse(text) as ReportSummary;
  }

  /** Whether the object of a request exists. */
  async exists(look: () => Promise<unknown>): Promise<boolean> {
    try {
      await look();
      return true;
    } catch (error) {
      if (isNotFound(error)) return false;
      throw error;
    }
  }

  /** Standard output of kubectl in this namespace, as administrator. @param input its standard input */
  async kubectl(args: string[], input = ''): Promise<string> {
    const { kubectl, kubeconfig } = this.#cluster.controlPlane;
    const running = promisify(execFile)(kubectl, ['--kubeconfig', kubeconfig, '--namespace', this.name, ...args]);
    running.child.stdin?.end(input);
    return (await running).stdout;
  }

  /** The operator's requests that changed something here. */
  async writes(): Promise<Request[]> {
    return (await this.#cluster.operatorRequests(this.name)).filter(isWrite);
  }

  #ref(name: string): { name: string; namespace: string } {
    return { name, namespace: this.name };
  }

  async #inPhase<T extends Benchmark | BenchmarkSet>(what: string, look: () => Promise<T>, phase: string, limit?: number): Promise<T> {
    const evidence = async () => JSON.stringify((await look()).status);
    const found = await until(
      what,
      async () => {
        const object = await look();
        const now = object.status?.phase ?? '';
        return now === phase || ended.some((final) => final === now) ? object : undefined;
      },
      limit,
      evidence,
    );
    if (found.status?.phase !== phase) throw new Error(`${what}: it ended as ${JSON.stringify(found.status)}`);
    return found;
  }
}
