import { join, relative } from 'node:path';

/** One thing for each address family of a dual-stack cluster. */
export interface DualStack {
  readonly IPv4: string;
  readonly IPv6: string;
}

/** Where the parts of one cluster are: names of namespaces and cgroups, addresses, folders. */
export interface Layout {
  readonly name: string;
  /** State of the running cluster: certificates, logs, one record a service. */
  readonly folder: string;
  /** Data of etcd and the nodes; on disk, as /run may be a small tmpfs. */
  readonly data: string;
  /** Network namespace of the control plane, which also holds the bridge. */
  readonly network: string;
  readonly nodes: readonly NodeLayout[];
}

/** One node: a machine made of a network, a mount and a UTS namespace, a cgroup and a folder. */
export interface NodeLayout {
  /** 1 for the first. */
  readonly index: number;
  /** Name in Kubernetes, and the hostname. */
  readonly name: string;
  readonly network: string;
  /** Files that keep its mount and UTS namespaces alive. */
  readonly mountNamespace: string;
  readonly utsNamespace: string;
  /** Its cgroup, from the root of every hierarchy. */
  readonly cgroup: string;
  /** What the node sees as /var: its only place on disk. */
  readonly files: string;
  readonly addresses: DualStack;
  readonly podRanges: DualStack;
  /** The end of its cable at the bridge; the other one is `eth0`. */
  readonly bridgePort: string;
  /** The same of its second cable, `eth1`, where it has one. */
  readonly secondBridgePort: string;
}

export const controlPlaneAddresses: DualStack = { IPv4: '10.200.0.1', IPv6: 'fd00:200::1' };
export const apiServerUrl = `https://${controlPlaneAddresses.IPv4}:6443`;
/** The registry, as `host:port`; reached from the cluster's namespaces only. */
export const registryAddress = `${controlPlaneAddresses.IPv4}:5000`;
export const serviceRanges: DualStack = { IPv4: '10.96.0.0/16', IPv6: 'fd00:96::/108' };
export const podRanges: DualStack = { IPv4: '10.201.0.0/16', IPv6: 'fd00:201::/32' };
/** Addresses of the Services that every cluster has. */
export const kubernetesServiceAddress = '10.96.0.1';
export const dnsServiceAddress = '10.96.0.10';
export const dnsDomain = 'cluster.local';

export const defaultName = 'assay';
export const stateRoot = '/run/assay-cluster';
export const dataRoot = '/var/lib/assay-cluster';
export const netnsFolder = '/run/netns';

/** The layout of a cluster. Names may be up to 30 lower-case letters, digits and dashes. @throws for any other name */
export function layout(name: string): Layout {
  // The name becomes part of paths and of names in the kernel.
  if (!/^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$/.test(name)) {
    throw new Error(
      `${JSON.stringify(name)} cannot name a cluster: 1 to 30 lower-case letters, digits and dashes, a letter first, no dash last`,
    );
  }
  const folder = join(stateRoot, name);
  const data = join(dataRoot, name);
  return { name, folder, data, network: `${name}-cp`, nodes: [1, 2].map((index) => nodeLayout(name, folder, data, index)) };
}

/** All network namespaces of a cluster. */
export function networks({ network, nodes }: Layout): string[] {
  return [network, ...nodes.map((node) => node.network)];
}

/** Where a path of a node's /var lies on the machine. */
export function onMachine({ files }: NodeLayout, path: string): string {
  return join(files, relative('/var', path));
}

function nodeLayout(cluster: string, folder: string, data: string, index: number): NodeLayout {
  const name = `n${index}`;
  return {
    index,
    name,
    network: `${cluster}-${name}`,
    mountNamespace: join(folder, 'namespaces', `${name}.mnt`),
    utsNamespace: join(folder, 'namespaces', `${name}.uts`),
    cgroup: `assay-cluster-${cluster}-${name}`,
    files: join(data, name),
    addresses: { IPv4: `10.200.0.1${index}`, IPv6: `fd00:200::1${index}` },
    podRanges: { IPv4: `10.201.${index}.0/24`, IPv6: `fd00:201:${index}::/64` },
    bridgePort: `e${index}`,
    secondBridgePort: `f${index}`,
  };
}
