import { existsSync } from 'node:fs';
import { Agent } from 'node:http';
import type { RequestOptions } from 'node:https';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import { messageOf } from './errors.ts';
import type { Credentials, ServerAccess } from './https-transport.ts';

export interface KubeConfigOptions {
  /** File to read instead of the usual places. */
  kubeconfig?: string;
  /** Context to use instead of the current one. */
  context?: string;
}

/** A cluster as a kubeconfig names it. */
export interface ClusterAccess extends ServerAccess {
  readonly context: string;
  /** Of objects that name none; the kubeconfig's, or the pod's own. */
  readonly namespace?: string;
  /** By the service account of the pod that this process runs in. */
  readonly inPod: boolean;
}

const tokenFile = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/** Whether there is any cluster to talk to: KUBECONFIG, ~/.kube/config, or a service account. Reads nothing, loads no library. */
export function hasKubeConfig(env: NodeJS.ProcessEnv = process.env, home: string = homedir()): boolean {
  const named = (env.KUBECONFIG ?? '').split(delimiter).some((file) => file !== '');
  return named || existsSync(join(home, '.kube', 'config')) || (existsSync(tokenFile) && Boolean(env.KUBERNETES_SERVICE_HOST));
}

/**
 * Reads a kubeconfig with all its ways to authenticate (certificates, tokens, exec plug-ins, OIDC).
 * @throws Error that names the file or context and what there is instead
 */
export async function loadKubeConfig(options: KubeConfigOptions = {}): Promise<ClusterAccess> {
  // Loaded here alone: it takes most of a second and 100 MB.
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  try {
    if (options.kubeconfig) config.loadFromFile(options.kubeconfig);
    else if (hasKubeConfig()) config.loadFromDefault();
    else throw new Error('no KUBECONFIG, no ~/.kube/config and no service account; name a file with --kubeconfig');
  } catch (error) {
    throw new Error(`cannot read the kubeconfig${options.kubeconfig ? ` ${options.kubeconfig}` : ''}: ${messageOf(error)}`, {
      cause: error,
    });
  }
  if (options.context !== undefined) config.setCurrentContext(options.context);
  return accessOf(config);
}

/** The way to the current context's cluster. @throws Error when the context or its cluster does not exist */
export function accessOf(config: KubeConfig): ClusterAccess {
  const name = config.getCurrentContext();
  const context = config.getContextObject(name);
  const cluster = config.getCurrentCluster();
  if (!context || !cluster) {
    const known = config.getContexts().map((one) => one.name);
    throw new Error(
      `kubeconfig: ${context ? `the cluster "${context.cluster}" of context "${name}"` : `the context "${name}"`} does not exist; ` +
        `contexts are: ${known.join(', ') || 'none'}`,
    );
  }
  if (cluster.server.startsWith('http:')) {
    // The library takes plain HTTP only with this flag; there is no TLS to verify.
    config.clusters = config.clusters.map((one) => (one === cluster ? { ...one, skipTLSVerify: true } : one));
  }
  return {
    server: cluster.server,
    context: name,
    // The library's own name for it.
    inPod: name === 'inClusterContext',
    ...(context.namespace ? { namespace: context.namespace.trim() } : {}),
    credentials: () => credentialsOf(config, cluster.proxyUrl !== undefined),
  };
}

async function credentialsOf(config: KubeConfig, proxied: boolean): Promise<Credentials> {
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    if (value !== undefined) headers[name.toLowerCase()] = String(value);
  }
  if (options.auth) headers.authorization = `Basic ${Buffer.from(options.auth).toString('base64')}`;
  const { ca, cert, key, passphrase, rejectUnauthorized, servername } = options;
  const tls = { ca, cert, key, passphrase, rejectUnauthorized, servername };
  const set = Object.fromEntries(Object.entries(tls).filter(([, value]) => value !== undefined && value !== null));
  // The library's agent for a proxy, made to keep its connections.
  const agent = proxied && options.agent instanceof Agent ? Object.assign(options.agent, { keepAlive: true }) : undefined;
  return { headers, tls: set, ...(agent ? { agent } : {}) };
}
