/** A mounted tree of cgroups: one of many of version 1, or the one of version 2. */
export interface Hierarchy {
  readonly folder: string;
  readonly version: 1 | 2;
  /** Controllers of version 1, e.g. `cpu`. */
  readonly controllers: readonly string[];
}

/** The hierarchies that a text of /proc/PID/mounts names. */
export function hierarchies(mounts: string): Hierarchy[] {
  return mounts
    .split('\n')
    .map((line) => line.split(' '))
    .flatMap(([, folder = '', type, options = '']): Hierarchy[] => {
      if (!folder.startsWith('/sys/fs/cgroup')) return [];
      if (type === 'cgroup2') return [{ folder, version: 2, controllers: [] }];
      return type === 'cgroup' ? [{ folder, version: 1, controllers: options.split(',') }] : [];
    });
}

/** The hierarchy in which a node's own processes are, so that all that they start is found there. */
export function trackingHierarchy(all: readonly Hierarchy[]): Hierarchy {
  const found = all.find(({ controllers }) => controllers.includes('pids')) ?? all.find(({ version }) => version === 2);
  if (!found) throw new Error('no cgroups are mounted at /sys/fs/cgroup: neither the pids controller of version 1 nor version 2');
  return found;
}
