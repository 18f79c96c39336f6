import { argumentList } from './argument-list.ts';
import type { Pair } from './authority.ts';

export interface EtcdOptions {
  readonly folder: string;
  /** URLs for clients and for other members. */
  readonly client: string;
  readonly peer: string;
}

/** Flags of etcd. Without fsync: the data of a test need not outlive the machine. */
export function etcdFlags({ folder, client, peer }: EtcdOptions): string[] {
  return argumentList({
    name: 'etcd',
    'data-dir': folder,
    'listen-client-urls': client,
    'advertise-client-urls': client,
    'listen-peer-urls': peer,
    'initial-advertise-peer-urls': peer,
    'initial-cluster': `etcd=${peer}`,
    'unsafe-no-fsync': 'true',
  });
}

export interface ApiServerOptions {
  readonly port: number;
  readonly etcd: string;
  readonly certificateAuthority: string;
  readonly serving: Pair;
  readonly serviceAccounts: { readonly publicKey: string; readonly key: string };
}

/** Flags of a kube-apiserver for API objects only: no nodes, so no proxying, no endpoints of its own. */
export function apiServerFlags({ port, etcd, certificateAuthority, serving, serviceAccounts }: ApiServerOptions): string[] {
  return argumentList({
    'bind-address': '127.0.0.1',
    'advertise-address': '127.0.0.1',
    'secure-port': String(port),
    'etcd-servers': etcd,
    'tls-cert-file': serving.certificate,
    'tls-private-key-file': serving.key,
    'client-ca-file': certificateAuthority,
    'service-account-issuer': 'https://kubernetes.default.svc.cluster.local',
    'service-account-key-file': serviceAccounts.publicKey,
    'service-account-signing-key-file': serviceAccounts.key,
    'service-cluster-ip-range': '10.0.0.0/24',
    'authorization-mode': 'RBAC',
    // Pods are created here and never run: nobody makes the service account that admission would insist on.
    'disable-admission-plugins': 'ServiceAccount',
    'allow-privileged': 'true',
    // An address of the loopback is refused as an endpoint of the Service `kubernetes`, once every 10 s.
    'endpoint-reconciler-type': 'none',
  });
}

/** Further flags that have the API server write an audit log. */
export function auditFlags({ policy, log }: { policy: string; log: string }): string[] {
  return argumentList({
    'audit-policy-file': policy,
    'audit-log-path': log,
    // Above this size (MB) it is rotated, and a count would miss what is in the older file.
    'audit-log-maxsize': '10000',
  });
}

export interface ComponentOptions {
  readonly port: number;
  readonly kubeconfig: string;
  readonly serving: Pair;
}

/** Flags of a kube-controller-manager that only removes: dependents of deleted owners, content of deleted namespaces. */
export function controllerManagerFlags(options: ComponentOptions): string[] {
  return argumentList({ ...componentFlags(options), controllers: 'garbage-collector-controller,namespace-controller' });
}

/** Flags of a kube-scheduler with the profile that clusters have. */
export function schedulerFlags(options: ComponentOptions): string[] {
  return argumentList(componentFlags(options));
}

function componentFlags({ port, kubeconfig, serving }: ComponentOptions): Record<string, string> {
  return {
    'bind-address': '127.0.0.1',
    'secure-port': String(port),
    'tls-cert-file': serving.certificate,
    'tls-private-key-file': serving.key,
    kubeconfig,
    'authentication-kubeconfig': kubeconfig,
    'authorization-kubeconfig': kubeconfig,
    'leader-elect': 'false',
    // The API server is to be the limit, not its clients.
    'kube-api-qps': '400',
    'kube-api-burst': '600',
  };
}
