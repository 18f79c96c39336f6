import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KubeClient } from '../../operator/kube/client.ts';
import { HttpsTransport } from '../../operator/kube/https-transport.ts';
import { loadKubeConfig } from '../../operator/kube/kubeconfig.ts';
import { operatorUser, TestCluster } from '../integration/cluster.ts';
import { Ender } from './ender.ts';
import { registerNodes } from './fake-nodes.ts';
import type { Users } from './members.ts';

/** A control plane with fake nodes, and what a run on it needs. */
export interface Bench {
  /** As administrator. */
  readonly client: KubeClient;
  /** Of the operator and the bare loop: the same user with the same rights. */
  readonly kubeconfig: string;
  readonly auditLog: string;
  readonly users: Users;
  /** Further flags of Node for the subjects. */
  readonly subjectOptions: readonly string[];
  /** A name for a namespace that was not there yet. */
  readonly nextNamespace: () => string;
  /** What went wrong with the ends of pods. */
  readonly faults: () => readonly unknown[];
  stop(): Promise<void>;
}

const kubeletUser = 'bench-kubelet';
const nodeCount = 50;

/** Starts API server, etcd, garbage collector, scheduler and kwok with its nodes. */
export async function startBench({
  nodes = nodeCount,
  subjectOptions = [],
}: { nodes?: number; subjectOptions?: readonly string[] } = {}): Promise<Bench> {
  const cluster = await TestCluster.start({ controllers: true });
  const { controlPlane, client } = cluster;
  try {
    await controlPlane.startScheduler();
    await controlPlane.startKwok(await readFile(join(import.meta.dirname, 'kwok.yaml'), 'utf8'));
    await registerNodes(client, nodes);
    const { kubeconfig } = await controlPlane.user(operatorUser);
    const kubelet = await controlPlane.user(kubeletUser, ['system:masters']);
    const kubeletClient = new KubeClient(new HttpsTransport(await loadKubeConfig(kubelet)));
    const ender = new Ender(kubeletClient);
    await ender.start();
    let namespaces = 0;
    return {
      client,
      kubeconfig,
      auditLog: controlPlane.auditLog ?? '',
      users: { subject: operatorUser, kubelet: kubeletUser },
      subjectOptions,
      nextNamespace: () => `bench-${++namespaces}`,
      faults: () => ender.faults,
      stop: async () => {
        await ender.stop();
        await kubeletClient.close();
        await cluster.stop();
      },
    };
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}
