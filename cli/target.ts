import { hasKubeConfig } from '../operator/kube/kubeconfig.ts';

/** Where objects go: an API server of a cluster, or the operator in this process. */
export type Target = 'cluster' | 'local';

/**
 * Local when asked for, or when there is no kubeconfig at all. A kubeconfig that exists always means the cluster,
 * even one that does not answer: a silent local run would give the figures of the wrong machine.
 */
export function chooseTarget(
  options: { local?: boolean; kubeconfig?: string; context?: string },
  hasCluster: () => boolean = hasKubeConfig,
): Target {
  if (options.local) return 'local';
  return options.kubeconfig !== undefined || options.context !== undefined || hasCluster() ? 'cluster' : 'local';
}
