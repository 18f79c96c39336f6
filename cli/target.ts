import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Where objects go: an API server of a cluster, or the operator in this process. */
export type Target = 'cluster' | 'local';

const serviceAccountToken = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/**
 * Local when asked for, or when there is no kubeconfig at all. A kubeconfig that exists always means the cluster,
 * even one that does not answer: a silent local run would give the figures of the wrong machine.
 */
export function chooseTarget(
  options: { local?: boolean; kubeconfig?: string; context?: string },
  env: NodeJS.ProcessEnv = process.env,
  exists: (path: string) => boolean = existsSync,
): Target {
  if (options.local) return 'local';
  if (options.kubeconfig !== undefined || options.context !== undefined) return 'cluster';
  const named = (env.KUBECONFIG ?? '').split(delimiter).filter(Boolean);
  if (named.length > 0) return 'cluster';
  return exists(join(env.HOME ?? homedir(), '.kube', 'config')) || exists(serviceAccountToken) ? 'cluster' : 'local';
}
