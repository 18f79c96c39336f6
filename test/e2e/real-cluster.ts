import { randomBytes } from 'node:crypto';
import { KubeClient } from '../../operator/kube/client.ts';
import { HttpsTransport } from '../../operator/kube/https-transport.ts';
import { loadKubeConfig } from '../../operator/kube/kubeconfig.ts';
import { namespaces } from '../../operator/kube/object.ts';
import { attach, type Cluster } from '../cluster/cluster.ts';
import { layout } from '../cluster/layout.ts';
import { auditLog } from '../cluster/services/start.ts';
import { type Request, requestsIn } from '../integration/requests.ts';
import { type CommandOptions, ended, type Ended, output } from './command.ts';
import { Space } from './space.ts';

/** No pod of a namespace with it may have more rights than the strictest of the pod security standards grants. */
export const restricted = { 'pod-security.kubernetes.io/enforce': 'restricted' };

/** The two-node cluster into which `npm run cluster -- run` put this process, as its administrator. */
export class RealCluster {
  readonly machine: Cluster;
  readonly client: KubeClient;
  readonly #spaces: Space[] = [];

  private constructor(machine: Cluster, client: KubeClient) {
    this.machine = machine;
    this.client = client;
  }

  static async connect(): Promise<RealCluster> {
    const machine = await attach(process.env['ASSAY_CLUSTER']);
    return new RealCluster(machine, new KubeClient(new HttpsTransport(await loadKubeConfig({ kubeconfig: machine.kubeconfig }))));
  }

  /** Deletes the namespaces that were made, without waiting for their end. */
  async close(): Promise<void> {
    try {
      for (const { name } of this.#spaces) await this.client.delete(namespaces, { name });
    } finally {
      await this.client.close();
    }
  }

  /** A fresh namespace. @param suite begins its name @param labels of the namespace */
  async space(suite: string, labels: Readonly<Record<string, string>> = restricted): Promise<Space> {
    const name = `${suite}-${randomBytes(3).toString('hex')}`;
    await this.client.create(namespaces, { metadata: { name, labels: { ...labels } } });
    const space = new Space(this, name);
    this.#spaces.push(space);
    // Pods are refused where there is no such account yet.
    await space.kubectl(['wait', 'serviceaccount/default', '--for=create', '--timeout=30s']);
    return space;
  }

  /** Standard output of kubectl. */
  async kubectl(args: readonly string[], options: CommandOptions = {}): Promise<string> {
    return await output('kubectl', ['--kubeconfig', this.machine.kubeconfig, ...args], options);
  }

  /** The end of a kubectl that may be refused. */
  async tryKubectl(args: readonly string[], options: CommandOptions = {}): Promise<Ended> {
    return await ended('kubectl', ['--kubeconfig', this.machine.kubeconfig, ...args], options);
  }

  /** Standard output of Helm. */
  async helm(args: readonly string[], options: CommandOptions = {}): Promise<string> {
    return await output('helm', ['--kubeconfig', this.machine.kubeconfig, ...args], options);
  }

  /** The API server's requests, in the order of their answers. @param since bytes of the audit log to pass over */
  async requests(since = 0): Promise<Request[]> {
    return await requestsIn(this.auditLog, since);
  }

  get auditLog(): string {
    return auditLog(layout(this.machine.name));
  }
}
