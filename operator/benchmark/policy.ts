/** Rights beyond the restricted ones that benchmarks may ask for. Without a word of the policy there are none. */
export interface Rights {
  /** network.host. */
  hostNetwork: boolean;
  /** securityContext.privileged. */
  privileged: boolean;
  /** securityContext.runAsUser 0 and runAsNonRoot false. */
  root: boolean;
  /** securityContext.allowPrivilegeEscalation. */
  privilegeEscalation: boolean;
  /** securityContext.seccompProfile Unconfined. */
  unconfined: boolean;
  /** securityContext.capabilities.add: names without CAP_. */
  capabilities: readonly string[];
  /** pod.serviceAccountName: names of accounts. */
  serviceAccounts: readonly string[];
  /** Sources of pod.volumes beside emptyDir: configMap, secret, persistentVolumeClaim, hostPath. */
  volumes: readonly string[];
  /** Folders of the node that a hostPath may name, with all below them. */
  hostPaths: readonly string[];
  /** network.name beyond the benchmark's own namespace: namespaces, or attachments as namespace/name. */
  networks: readonly string[];
  /** Keys of pod.annotations that steer the cluster (see rights.ts). */
  annotations: readonly string[];
  /** Values of spec.priorityClassName; '*' stands for all but the cluster's own, whose names begin with system-. */
  priorityClasses: readonly string[];
}

/** Rights for all namespaces, and more for some. */
export interface RightsPolicy extends Partial<Rights> {
  namespaces?: Readonly<Record<string, Partial<Rights>>>;
}

const none: Rights = {
  hostNetwork: false,
  privileged: false,
  root: false,
  privilegeEscalation: false,
  unconfined: false,
  capabilities: [],
  serviceAccounts: [],
  volumes: ['persistentVolumeClaim'],
  hostPaths: [],
  networks: [],
  annotations: [],
  priorityClasses: ['*'],
};

/** What benchmarks of a namespace may ask for; a namespace's own word replaces the general one, setting by setting, and its own networks are always its own. */
export function rightsIn(namespace: string, { namespaces = {}, ...everywhere }: RightsPolicy = {}): Rights {
  const rights = { ...none, ...everywhere, ...(Object.hasOwn(namespaces, namespace) ? namespaces[namespace] : {}) };
  return { ...rights, networks: [...rights.networks, namespace] };
}
