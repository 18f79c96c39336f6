/** A program of the real cluster, by the name that Kubernetes and envtest give it. */
export type ProgramName =
  | 'coredns'
  | 'etcd'
  | 'helm'
  | 'jobset'
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-proxy'
  | 'kube-scheduler'
  | 'kubectl'
  | 'kubelet'
  | 'kueue'
  | 'kwok'
  | 'multus'
  | 'pause'
  | 'vc-controller-manager'
  | 'vc-scheduler';

/** A Go module in `programs/<name>` and what it is built for. */
export interface GoModule {
  readonly name: string;
  /** What its one binary can be called by; of a module that names several tools, a binary for each, in their order. */
  readonly provides: readonly ProgramName[];
  /** CPU seconds of a first build, to say beforehand how long it takes. */
  readonly cpuSeconds: number;
}

export const modules: readonly GoModule[] = [
  { name: 'etcd', provides: ['etcd'], cpuSeconds: 80 },
  {
    name: 'hyperkube',
    provides: ['kube-apiserver', 'kube-controller-manager', 'kube-proxy', 'kube-scheduler', 'kubectl', 'kubelet'],
    cpuSeconds: 600,
  },
  { name: 'coredns', provides: ['coredns'], cpuSeconds: 150 },
  { name: 'helm', provides: ['helm'], cpuSeconds: 240 },
  { name: 'kwok', provides: ['kwok'], cpuSeconds: 220 },
  { name: 'pause', provides: ['pause'], cpuSeconds: 5 },
  { name: 'volcano', provides: ['vc-controller-manager', 'vc-scheduler'], cpuSeconds: 320 },
  { name: 'jobset', provides: ['jobset'], cpuSeconds: 280 },
  { name: 'multus', provides: ['multus'], cpuSeconds: 130 },
  { name: 'kueue', provides: ['kueue'], cpuSeconds: 350 },
];

/** What `control-plane.ts` runs. */
export const controlPlanePrograms: readonly ProgramName[] = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kubectl'];

/** All of them: for the control plane, the two-node cluster and its add-ons, and the fake nodes of `npm run bench`. */
export const programNames: readonly ProgramName[] = modules.flatMap(({ provides }) => provides);

/** A program by the name that a person typed. @throws if there is none */
export function programName(name: string): ProgramName {
  const found = programNames.find((program) => program === name);
  if (!found) throw new Error(`${name} is no program of the cluster; the programs are ${programNames.join(', ')}`);
  return found;
}

/** The module whose binary is `program`. */
export function moduleOf(program: ProgramName): GoModule {
  const found = modules.find(({ provides }) => provides.includes(program));
  if (!found) throw new Error(`no module in test/cluster/programs provides ${program}`);
  return found;
}

/** Version at which a go.mod requires `path`, or undefined. */
export function requiredVersion(goMod: string, path: string): string | undefined {
  const words = goMod.split('\n').map((line) =>
    line
      .trim()
      .replace(/^require\s+/, '')
      .split(/\s+/),
  );
  return words.find(([first, second]) => first === path && second?.startsWith('v'))?.[1];
}

/** The Go release that a go.mod asks for, as in `go 1.26.0`. */
export function requiredGo(goMod: string): string | undefined {
  return /^go\s+(\S+)/m.exec(goMod)?.[1];
}

/** The packages to build: the tools of other modules that a go.mod names, as in `tool example.org/cmd/x`, else the module's own. */
export function buildPackages(goMod: string): string[] {
  // Only tools stand alone on their lines; what is required has a version behind it.
  const tools = [...goMod.matchAll(/^(?:tool |\t)([^\s(]+)$/gm)].map(([, path = '']) => path);
  return tools.length > 0 ? tools : ['.'];
}

/**
 * Arguments of `go build` but for the output and the package. Kubernetes learns its own version from the linker only; without it
 * nodes, user agents and `kubectl version` would say v0.0.0-master.
 */
export function buildArguments(goMod: string): string[] {
  const kubernetes = requiredVersion(goMod, 'k8s.io/kubernetes');
  const stamps = kubernetes === undefined ? [] : versionStamps(kubernetes);
  return ['build', '-mod=readonly', '-buildvcs=false', '-trimpath', '-ldflags', ['-s', '-w', ...stamps].join(' ')];
}

function versionStamps(version: string): string[] {
  const [major = '', minor = ''] = version.replace(/^v/, '').split('.');
  const values = { gitVersion: version, gitMajor: major, gitMinor: minor };
  return ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((path) =>
    Object.entries(values).map(([name, value]) => `-X ${path}.${name}=${value}`),
  );
}
