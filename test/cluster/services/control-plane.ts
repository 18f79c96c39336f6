import { argumentList } from '../argument-list.ts';
import type { Pair } from '../authority.ts';
import { controlPlaneAddresses, dnsDomain, kubernetesServiceAddress, serviceRanges } from '../layout.ts';

export const etcdClientUrl = 'http://127.0.0.1:2379';
export const etcdPeerUrl = 'http://127.0.0.1:2380';

/** Names and addresses that the API server's certificate is for. */
export const apiServerHosts: readonly string[] = [
  'kubernetes',
  'kubernetes.default',
  'kubernetes.default.svc',
  `kubernetes.default.svc.${dnsDomain}`,
  'localhost',
  '127.0.0.1',
  kubernetesServiceAddress,
  controlPlaneAddresses.IPv4,
];

/** Paths of the certificates that the control plane works with. */
export interface ControlPlaneCertificates {
  readonly certificateAuthority: string;
  readonly certificateAuthorityKey: string;
  readonly serving: Pair;
  readonly serviceAccounts: { readonly publicKey: string; readonly key: string };
  /** What the API server shows to kubelets and to the servers of aggregated APIs. */
  readonly kubeletClient: Pair;
  readonly frontProxy: Pair;
}

/** Name in the certificate of the API server as a client of aggregated APIs. */
export const frontProxyName = 'front-proxy-client';

/** Flags of a kube-apiserver for nodes: with the admission, authorization and endpoints that a cluster has. */
export function nodeApiServerFlags(paths: ControlPlaneCertificates): string[] {
  return argumentList({
    'advertise-address': controlPlaneAddresses.IPv4,
    'bind-address': '0.0.0.0',
    'secure-port': '6443',
    'etcd-servers': etcdClientUrl,
    'tls-cert-file': paths.serving.certificate,
    'tls-private-key-file': paths.serving.key,
    'client-ca-file': paths.certificateAuthority,
    'service-account-issuer': `https://kubernetes.default.svc.${dnsDomain}`,
    'service-account-key-file': paths.serviceAccounts.publicKey,
    'service-account-signing-key-file': paths.serviceAccounts.key,
    'service-cluster-ip-range': `${serviceRanges.IPv4},${serviceRanges.IPv6}`,
    'authorization-mode': 'Node,RBAC',
    'enable-admission-plugins': 'NodeRestriction',
    'allow-privileged': 'true',
    'kubelet-client-certificate': paths.kubeletClient.certificate,
    'kubelet-client-key': paths.kubeletClient.key,
    'kubelet-preferred-address-types': 'InternalIP,Hostname',
    'requestheader-client-ca-file': paths.certificateAuthority,
    'requestheader-allowed-names': frontProxyName,
    'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
    'requestheader-group-headers': 'X-Remote-Group',
    'requestheader-username-headers': 'X-Remote-User',
    'proxy-client-cert-file': paths.frontProxy.certificate,
    'proxy-client-key-file': paths.frontProxy.key,
    // It reaches pods, but no Services: webhooks are called at their pods' addresses.
    'enable-aggregator-routing': 'true',
  });
}

/** Flags of a kube-controller-manager with every controller. */
export function allControllersFlags(kubeconfig: string, paths: ControlPlaneCertificates): string[] {
  return argumentList({
    ...clientFlags(kubeconfig),
    controllers: '*',
    'use-service-account-credentials': 'true',
    'service-account-private-key-file': paths.serviceAccounts.key,
    'root-ca-file': paths.certificateAuthority,
    'cluster-signing-cert-file': paths.certificateAuthority,
    'cluster-signing-key-file': paths.certificateAuthorityKey,
  });
}

/** Flags of a kube-scheduler. */
export function nodeSchedulerFlags(kubeconfig: string): string[] {
  return argumentList(clientFlags(kubeconfig));
}

function clientFlags(kubeconfig: string): Record<string, string> {
  return {
    'bind-address': '127.0.0.1',
    kubeconfig,
    'authentication-kubeconfig': kubeconfig,
    'authorization-kubeconfig': kubeconfig,
    'leader-elect': 'false',
    'kube-api-qps': '400',
    'kube-api-burst': '600',
  };
}
