import { dnsDomain, dnsServiceAddress, podRanges } from '../layout.ts';
import type { NodeLayout } from '../layout.ts';
import { containerdSocket, nodeFolder } from './containerd.ts';

/** The kubelet's configuration object. */
export function kubeletConfiguration(node: NodeLayout) {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: node.addresses.IPv4,
    healthzBindAddress: '127.0.0.1',
    authentication: { anonymous: { enabled: false }, webhook: { enabled: true }, x509: { clientCAFile: `${nodeFolder}/ca.crt` } },
    authorization: { mode: 'Webhook' },
    clusterDNS: [dnsServiceAddress],
    clusterDomain: dnsDomain,
    // The machine's name servers cannot be reached from a pod.
    resolvConf: '',
    containerRuntimeEndpoint: `unix://${containerdSocket}`,
    cgroupDriver: 'cgroupfs',
    cgroupRoot: `/${node.cgroup}`,
    failCgroupV1: false,
    failSwapOn: false,
    oomScoreAdj: 0,
    volumePluginDir: '/var/lib/kubelet/volume-plugins',
    // Disk is the machine's, and shared: how full it is says nothing about this node.
    evictionHard: { 'memory.available': '100Mi' },
    imageGCHighThresholdPercent: 100,
    // Settings of the kernel that it may not change are no reason to stop.
    featureGates: { KubeletInUserNamespace: true },
  };
}

export function kubeletArguments(node: NodeLayout): string[] {
  return [
    `--config=${nodeFolder}/kubelet.yaml`,
    `--kubeconfig=${nodeFolder}/kubelet.kubeconfig`,
    `--hostname-override=${node.name}`,
    `--node-ip=${node.addresses.IPv4},${node.addresses.IPv6}`,
    '--root-dir=/var/lib/kubelet',
  ];
}

/** kube-proxy's configuration object. */
export function proxyConfiguration(node: NodeLayout) {
  return {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    mode: 'nftables',
    clusterCIDR: `${podRanges.IPv4},${podRanges.IPv6}`,
    clientConnection: { kubeconfig: `${nodeFolder}/proxy.kubeconfig` },
    // Limits of connection tracking are the machine's.
    conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
    healthzBindAddress: '127.0.0.1:10256',
    metricsBindAddress: '127.0.0.1:10249',
    oomScoreAdj: 0,
    hostnameOverride: node.name,
  };
}

/** Network of a node's pods (CNI): a cable to the node for each, addresses of both families from the node's ranges. */
export function podNetworkConfiguration({ podRanges: ranges }: NodeLayout) {
  return {
    cniVersion: '0.4.0',
    name: 'pods',
    plugins: [
      {
        type: 'ptp',
        ipMasq: false,
        mtu: 1500,
        ipam: {
          type: 'host-local',
          ranges: [[{ subnet: ranges.IPv4 }], [{ subnet: ranges.IPv6 }]],
          routes: [{ dst: '0.0.0.0/0' }, { dst: '::/0' }],
          dataDir: '/var/lib/cni/networks',
        },
      },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  };
}
