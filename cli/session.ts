import type { KubeClient } from '../operator/kube/client.ts';
import { messageOf } from '../operator/kube/errors.ts';
import type { ClusterAccess } from '../operator/kube/kubeconfig.ts';
import type { Transport } from '../operator/kube/transport.ts';
import { UsageError } from './exit.ts';

/** A connection to where the objects live. */
export interface Session {
  client: KubeClient;
  /** Of objects that name none. */
  namespace: string;
  /** Where that is, as a person says it. */
  place: string;
  close(): Promise<void>;
}

export interface SessionOptions {
  kubeconfig?: string;
  context?: string;
  namespace?: string;
}

const answerLimit = 10_000;

/** The cluster of the kubeconfig. @throws UsageError at once or within 10 s when it does not answer, or does not have Assay */
export async function openCluster({ namespace, ...options }: SessionOptions): Promise<Session> {
  // Only here: loading the client library takes half a second that local runs need not pay.
  const [{ loadKubeConfig }, { HttpsTransport }, { KubeClient: Client }] = await Promise.all([
    import('../operator/kube/kubeconfig.ts'),
    import('../operator/kube/https-transport.ts'),
    import('../operator/kube/client.ts'),
  ]);
  let access: ClusterAccess;
  try {
    access = await loadKubeConfig(options);
  } catch (error) {
    throw new UsageError(messageOf(error), { cause: error });
  }
  const transport = new HttpsTransport(access);
  try {
    await expectAssay(transport, access.server);
  } catch (error) {
    await transport.close();
    throw error;
  }
  const chosen = namespace ?? access.namespace ?? 'default';
  return {
    client: new Client(transport),
    namespace: chosen,
    place: `cluster ${access.server}, namespace ${chosen}`,
    close: () => transport.close(),
  };
}

/** One request that tells a server that is away, one that lets us not in, and one without the CRDs. */
export async function expectAssay(transport: Pick<Transport, 'send'>, server: string): Promise<void> {
  const limit = AbortSignal.timeout(answerLimit);
  let status: number;
  try {
    ({ status } = await transport.send({ method: 'GET', path: '/apis/assay.dev/v1alpha1' }, limit));
  } catch (error) {
    const why = limit.aborted ? `no reply within ${answerLimit / 1000} s` : messageOf(error);
    throw new UsageError(`the cluster ${server} does not answer: ${why}. To run on this machine instead, add --local to assay run.`, {
      cause: error,
    });
  }
  if (status === 401) throw new UsageError(`the cluster ${server} refuses the credentials of the kubeconfig (401); log in to it again`);
  if (status === 404) {
    throw new UsageError(`the cluster ${server} does not know Assay's kinds; install them: kubectl apply --server-side -f crds/`);
  }
}

/** An operator in this process, with pods as local processes. */
export async function openLocal({ namespace }: SessionOptions): Promise<Session> {
  const { startLocalCluster } = await import('../local/cluster.ts');
  const cluster = await startLocalCluster();
  return {
    client: cluster.client,
    namespace: namespace ?? 'default',
    place: 'no kubeconfig: running on this machine, with local processes as pods',
    close: () => cluster.stop(),
  };
}
