import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KubeClient } from '../../operator/kube/client.ts';
import { HttpsTransport } from '../../operator/kube/https-transport.ts';
import { loadKubeConfig } from '../../operator/kube/kubeconfig.ts';
import { operatorUser, TestCluster } from '../integration/cluster.ts';
import { Ender } from './ender.ts';
import { registerNodes } from './fake-nodes.ts';
import type { Users } from './members.ts';
import type { Scenario } from './scenario.ts';
import { scenarios as all } from './scenarios.ts';
import { startVolcano } from './volcano.ts';

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

/** Starts API server, etcd, garbage collector, scheduler and kwok with its nodes, and Volcano where a scenario runs on it. */
export async function startBench({
  nodes = nodeCount,
  scenarios = all,
  subjectOptions = [],
}: { nodes?: number; scenarios?: readonly Scenario[]; subjectOptions?: readonly string[] } = {}): Promise<Bench> {
  const onVolcano = scenarios.some(({ spec }) => spec.backend === 'Volcano');
  const cluster = await TestCluster.start({ controllers: true, values: { backends: { volcano: onVolcano } } });
  const { controlPlane, client } = cluster;
  try {
    await controlPlane.startScheduler();
    await controlPlane.startKwok(await readFile(join(import.meta.dirname, 'kwok.yaml'), 'utf8'));
    await registerNodes(client, nodes);
    if (onVolcano) await startVolcano(cluster);
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
