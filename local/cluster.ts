import { definitionOf, kinds } from '../operator/api/crds.ts';
import { KubeClient } from '../operator/kube/client.ts';
import { stopInOrder } from '../operator/kube/drain.ts';
import { type Logger, silentLogger } from '../operator/kube/logger.ts';
import { Operator } from '../operator/operator.ts';
import { workloads } from '../runners/registry.ts';
import { MemoryApi } from './api/memory-api.ts';
import { ProcessKubelet } from './kubelet/kubelet.ts';

/** An API server, a node and the operator in this process. */
export interface LocalCluster {
  client: KubeClient;
  /** Ends every pod's process and removes every file. */
  stop(): Promise<void>;
}

/** Allowed, because here it gives nothing: processes have the rights of whoever starts them. */
const neededCapabilities = Object.values(workloads).flatMap(({ capabilities = [] }) => capabilities);

export async function startLocalCluster({ logger = silentLogger }: { logger?: Logger } = {}): Promise<LocalCluster> {
  let kubelet: ProcessKubelet | undefined;
  const api = new MemoryApi({ createNamespaces: true, logs: (pod, options) => kubelet?.log(pod, options) ?? '' });
  for (const kind of kinds) api.install(definitionOf(kind));
  const client = new KubeClient(api);
  kubelet = new ProcessKubelet({ client, dualStack: true, logger });
  const operator = new Operator({ client, logger, images: { tag: 'local' }, policy: { capabilities: neededCapabilities } });
  const parts = [
    { name: 'operator', stop: () => operator.stop() },
    { name: 'kubelet', stop: () => kubelet.stop() },
    { name: 'api', stop: () => api.close() },
  ];
  const stop = async () => {
    await stopInOrder(parts);
  };
  try {
    await kubelet.start();
    await operator.watch();
  } catch (error) {
    await stop();
    throw error;
  }
  await operator.work();
  return { client, stop };
}
