type Fields = Readonly<Record<string, unknown>>;

/** A field, and the values that the restricted pod security standard allows; `undefined` is a field that is not there. */
type Rule = readonly [path: string, allows: (value: unknown) => boolean];

const not =
  (...refused: unknown[]) =>
  (value: unknown) =>
    !refused.includes(value);
const oneOf =
  (...allowed: unknown[]) =>
  (value: unknown) =>
    allowed.includes(value);
const profile = oneOf(undefined, 'RuntimeDefault', 'Localhost');
const confinement = oneOf(undefined, '', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t');

/** In the security context of a pod and in that of each container. */
const both: Rule[] = [
  ['seccompProfile.type', profile],
  ['appArmorProfile.type', profile],
  ['seLinuxOptions.type', confinement],
  ['seLinuxOptions.user', oneOf(undefined, '')],
  ['seLinuxOptions.role', oneOf(undefined, '')],
  ['windowsOptions.hostProcess', not(true)],
  ['runAsNonRoot', not(false)],
  ['runAsUser', not(0)],
];

const ofPod: Rule[] = [
  ['hostNetwork', not(true)],
  ['hostPID', not(true)],
  ['hostIPC', not(true)],
  // Stricter than the standard, which knows some that do no harm.
  ['securityContext.sysctls', oneOf(undefined)],
  ...both.map(([path, allows]): Rule => [`securityContext.${path}`, allows]),
];

const ofContainer: Rule[] = [
  ['securityContext.privileged', not(true)],
  ['securityContext.allowPrivilegeEscalation', oneOf(false)],
  ['securityContext.procMount', oneOf(undefined, 'Default')],
  ['securityContext.capabilities.drop', (value) => list(value).includes('ALL')],
  ['securityContext.capabilities.add', (value) => list(value).every(oneOf('NET_BIND_SERVICE'))],
  ['ports', (value) => list(value).every((port) => [undefined, 0].some((none) => at(port, 'hostPort') === none))],
  ...['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle.postStart', 'lifecycle.preStop'].flatMap((handler) =>
    ['httpGet', 'tcpSocket'].map((way): Rule => [`${handler}.${way}.host`, oneOf(undefined, '')]),
  ),
  ...both.map(([path, allows]): Rule => [`securityContext.${path}`, allows]),
];

/** What each container must have where the pod says nothing for all. */
const required: Rule[] = [
  ['securityContext.runAsNonRoot', oneOf(true)],
  ['securityContext.seccompProfile.type', oneOf('RuntimeDefault', 'Localhost')],
];

const volumeSources = new Set(['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret']);

/** Paths of a pod's spec that break the restricted pod security standard (Kubernetes 1.34); none in a pod that keeps it. */
export function unrestricted(spec: Fields): string[] {
  const containers = ['initContainers', 'containers', 'ephemeralContainers'].flatMap((kind) =>
    list(spec[kind]).map((container, index) => ({ container, path: `${kind}[${index}]` })),
  );
  return [
    ...broken(ofPod, spec),
    ...containers.flatMap(({ container, path }) => broken(ofContainer, container, path)),
    ...required
      .filter(([path]) => at(spec, path) === undefined)
      .flatMap((rule) => containers.flatMap(({ container, path }) => broken([rule], container, path))),
    ...list(spec.volumes).flatMap((volume, index) =>
      Object.keys(Object(volume) as Fields)
        .filter((source) => source !== 'name' && !volumeSources.has(source))
        .map((source) => `volumes[${index}].${source}`),
    ),
  ];
}

function broken(rules: readonly Rule[], object: unknown, above = ''): string[] {
  const paths = rules.filter(([path, allows]) => !allows(at(object, path))).map(([path]) => path);
  return paths.map((path) => (above ? `${above}.${path}` : path));
}

function at(object: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((node, key) => (Object(node) as Fields)[key], object);
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
