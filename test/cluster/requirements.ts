/** What the cluster takes from Debian: a path or the name of a program -> its package. */
const packages: Readonly<Record<string, string>> = {
  ip: 'iproute2',
  tc: 'iproute2',
  nsenter: 'util-linux',
  unshare: 'util-linux',
  mount: 'mount',
  umount: 'mount',
  hostname: 'hostname',
  sysctl: 'procps',
  openssl: 'openssl',
  containerd: 'containerd',
  runc: 'runc',
  iptables: 'iptables',
  nft: 'nftables',
  conntrack: 'conntrack',
  'docker-registry': 'docker-registry',
  '/usr/lib/cni/ptp': 'containernetworking-plugins',
};

/** The machine, as far as it decides whether a cluster can run on it. */
export interface Machine {
  readonly platform: string;
  readonly user: number | undefined;
  /** Whether a program of this name is on the PATH, or this path is a file. */
  readonly has: (program: string) => boolean;
}

/** Why no cluster can run on a machine and what to do about it; undefined if one can. */
export function obstacle({ platform, user, has }: Machine): string | undefined {
  if (platform !== 'linux')
    return `the cluster is made of Linux namespaces and cannot run on ${platform}: use a Linux machine with Debian 12 or newer`;
  if (user !== 0) return 'the cluster is made of namespaces and cgroups, which only root may make: run the command again with sudo';
  const missing = [...new Set(Object.entries(packages).flatMap(([program, name]) => (has(program) ? [] : [name])))];
  if (missing.length === 0) return undefined;
  return `programs are missing; install them and run the command again:\n  apt-get update && apt-get install --yes --no-install-recommends ${missing.join(' ')}`;
}
