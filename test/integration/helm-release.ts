import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { messageOf } from '../../operator/kube/errors.ts';
import { namespaces } from '../../operator/kube/object.ts';
import { chart, helm, type Values } from './chart.ts';
import type { TestCluster } from './cluster.ts';
import { until } from './until.ts';

/** The chart on a real API server, in a namespace that takes restricted pods only. No node runs them. */
export class HelmRelease {
  readonly name = 'assay';
  readonly namespace: string;
  readonly #cluster: TestCluster;

  private constructor(cluster: TestCluster, namespace: string) {
    this.#cluster = cluster;
    this.namespace = namespace;
  }

  static async inNamespace(cluster: TestCluster, namespace: string): Promise<HelmRelease> {
    await cluster.client.create(namespaces, {
      metadata: { name: namespace, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
    });
    return new HelmRelease(cluster, namespace);
  }

  /** @param words more words for Helm @param from folder of the chart @returns what Helm says, its notes above all */
  async install(values: Values = {}, words: readonly string[] = [], from = chart): Promise<string> {
    return await this.#helm(['install', this.name, from, ...words], values);
  }

  async upgrade(values: Values = {}): Promise<string> {
    return await this.#helm(['upgrade', this.name, chart], values);
  }

  async uninstall(): Promise<string> {
    return await this.#helm(['uninstall', this.name]);
  }

  /** `helm test`, as long as it may take. @param seconds */
  async test(seconds: number): Promise<string> {
    return await this.#helm(['test', this.name, '--timeout', `${seconds}s`]);
  }

  /** Standard output of kubectl, as administrator. */
  async kubectl(...words: string[]): Promise<string> {
    const { kubectl, kubeconfig } = this.#cluster.controlPlane;
    return (await promisify(execFile)(kubectl, ['--kubeconfig', kubeconfig, ...words], { maxBuffer: 16 << 20 })).stdout;
  }

  /** Everything that is in the cluster, as `Kind namespace/name`; Events, which go by themselves, excepted. */
  async everything(): Promise<string[]> {
    return await until('a list of everything', () => this.#list());
  }

  /** @returns nothing when a kind has gone since its name was read */
  async #list(): Promise<string[] | undefined> {
    const kinds = (await this.kubectl('api-resources', '--verbs=list', '--output=name')).trim().split('\n');
    const listed = kinds.filter((kind) => !kind.startsWith('events')).join(',');
    const line = '{range .items[*]}{.kind} {.metadata.namespace}/{.metadata.name}{"\\n"}{end}';
    try {
      const found = await this.kubectl('get', listed, '--all-namespaces', '--ignore-not-found', `--output=jsonpath=${line}`);
      return found.trim().split('\n').toSorted();
    } catch (error) {
      if (messageOf(error).includes("the server doesn't have a resource type")) return undefined;
      throw error;
    }
  }

  async #helm(words: readonly string[], values?: Values): Promise<string> {
    const { kubeconfig } = this.#cluster.controlPlane;
    return await helm([...words, '--namespace', this.namespace], { kubeconfig, ...(values && { values }) });
  }
}
