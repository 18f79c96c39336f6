import type { Toleration } from '../api/types.ts';

/** How Kubernetes marks a node that does not report any more, or that reports ill. */
const lostNode = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];
/**
 * Seconds that a pod stays on such a node. The API server's own default is 300, so long a run would wait for a node that is gone.
 * A kubelet that is being restarted is back much sooner.
 */
const patience = 30;

/** The user's tolerations, and ours of a lost node where the user says nothing about that. */
export function tolerationsOf(own: readonly Toleration[] = []): Toleration[] {
  const unsaid = lostNode.filter((taint) => !own.some((toleration) => isAbout(toleration, taint)));
  return [...own, ...unsaid.map((key): Toleration => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: patience }))];
}

/** By the rule of the admission that sets Kubernetes' defaults: no key is every key, no effect is every effect. */
function isAbout({ key = '', effect = 'NoExecute' }: Toleration, taint: string): boolean {
  return (key === '' || key === taint) && effect === 'NoExecute';
}
