import type { KubeClient } from '../operator/kube/client.ts';
import { UsageError } from './exit.ts';
import type { Target } from './target.ts';

/** A connection to where the objects live. */
export interface Session {
  target: Target;
  client: KubeClient;
  /** Of objects that name none. */
  namespace: string;
  close(): Promise<void>;
}

export interface SessionOptions {
  kubeconfig?: string;
  context?: string;
  namespace?: string;
}

/** The cluster of the kubeconfig. Asks for the server's version first, so that a cluster that does not answer is said at once. */
export async function openCluster({ namespace, ...options }: SessionOptions): Promise<Session> {
  // Only here: loading the client library takes half a second that local runs need not pay.
  const [{ loadKubeConfig }, { HttpsTransport }, { KubeClient }] = await Promise.all([
    import('../operator/kube/kubeconfig.ts'),
    import('../operator/kube/https-transport.ts'),
    import('../operator/kube/client.ts'),
  ]);
  const access = await loadKubeConfig(options);
  const transport = new HttpsTransport(access);
  try {
    await transport.send({ method: 'GET', path: '/version' }, AbortSignal.timeout(10_000));
  } catch (error) {
    await transport.close();
    throw new UsageError(
      `the cluster ${access.server} does not answer: ${(error as Error).message}. To run on this machine instead, add --local.`,
    );
  }
  return {
    target: 'cluster',
    client: new KubeClient(transport),
    namespace: namespace ?? access.namespace ?? 'default',
    close: () => transport.close(),
  };
}

/** An operator in this process, with pods as local processes. */
export async function openLocal({ namespace }: SessionOptions): Promise<Session> {
  const { startLocalCluster } = await import('../local/cluster.ts');
  const cluster = await startLocalCluster();
  return { target: 'local', client: cluster.client, namespace: namespace ?? 'default', close: () => cluster.stop() };
}
