import type { BenchmarkSpec } from '../../operator/api/types.ts';
import type { Rights } from '../../operator/benchmark/policy.ts';

/** A way in which an author may try to get rights: the right that is asked for, the field that asks, and the spec. */
export interface Attempted {
  right: keyof Rights;
  path: string;
  spec: BenchmarkSpec;
}

const sleep = { duration: '1s' };
const pod = (options: BenchmarkSpec['pod']): BenchmarkSpec => ({ sleep, ...(options && { pod: options }) });
const security = (context: NonNullable<BenchmarkSpec['pod']>['securityContext']) => pod({ ...(context && { securityContext: context }) });
const volume = (source: object) => pod({ volumes: [{ name: 'v', mountPath: '/v', ...source }] });

/** By the setting that would grant it: a right that the policy learns of and this table does not is an error of the types. */
const byRight: Readonly<Record<keyof Rights, Readonly<Record<string, BenchmarkSpec>>>> = {
  hostNetwork: { 'spec.network.host': { sleep, network: { host: true } } },
  privileged: { 'spec.pod.securityContext.privileged': security({ privileged: true }) },
  root: {
    'spec.pod.securityContext.runAsUser': security({ runAsUser: 0 }),
    'spec.pod.securityContext.runAsNonRoot': security({ runAsNonRoot: false }),
  },
  privilegeEscalation: { 'spec.pod.securityContext.allowPrivilegeEscalation': security({ allowPrivilegeEscalation: true }) },
  unconfined: { 'spec.pod.securityContext.seccompProfile.type': security({ seccompProfile: { type: 'Unconfined' } }) },
  capabilities: {
    'spec.pod.securityContext.capabilities.add': security({ capabilities: { add: ['NET_ADMIN', 'SYS_ADMIN'] } }),
    'spec.roles.sleeper.pod.securityContext.capabilities.add': {
      sleep,
      roles: { sleeper: { pod: { securityContext: { capabilities: { add: ['IPC_LOCK'] } } } } },
    },
  },
  serviceAccounts: {
    'spec.pod.serviceAccountName': pod({ serviceAccountName: 'powerful' }),
    'spec.roles.sleeper.pod.serviceAccountName': { sleep, roles: { sleeper: { pod: { serviceAccountName: 'powerful' } } } },
  },
  volumes: {
    'spec.pod.volumes[0]': volume({ secret: { secretName: 'password' } }),
    'spec.roles.sleeper.pod.volumes[0]': {
      sleep,
      roles: { sleeper: { pod: { volumes: [{ name: 'v', mountPath: '/v', configMap: { name: 'settings' } }] } } },
    },
  },
  hostPaths: {
    'spec.pod.volumes[0].hostPath.path': volume({ hostPath: { path: '/etc' } }),
  },
  priorityClasses: {
    'spec.priorityClassName': { sleep, priorityClassName: 'system-node-critical' },
  },
  networks: { 'spec.network.name': { sleep, network: { name: 'elsewhere/fast' } } },
  annotations: {
    'spec.pod.annotations': pod({ annotations: { 'container.apparmor.security.beta.kubernetes.io/runner': 'unconfined' } }),
    'spec.roles.sleeper.pod.annotations': {
      sleep,
      roles: { sleeper: { pod: { annotations: { 'k8s.v1.cni.cncf.io/networks': 'storage' } } } },
    },
  },
};

export const attempted: readonly Attempted[] = Object.entries(byRight).flatMap(([right, cases]) =>
  // The keys are those of the table above.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  Object.entries(cases).map(([path, spec]) => ({ right: right as keyof Rights, path, spec })),
);

/** A policy that grants all of it. */
export const everything: Rights = {
  hostNetwork: true,
  privileged: true,
  root: true,
  privilegeEscalation: true,
  unconfined: true,
  capabilities: ['NET_ADMIN', 'SYS_ADMIN', 'IPC_LOCK'],
  serviceAccounts: ['powerful'],
  volumes: ['configMap', 'secret'],
  hostPaths: ['/etc'],
  priorityClasses: ['system-node-critical'],
  networks: ['elsewhere'],
  annotations: ['container.apparmor.security.beta.kubernetes.io/runner', 'k8s.v1.cni.cncf.io/networks'],
};

/** Fields that no Benchmark has, whatever the policy says, and what they would give. */
export const unknownFields: readonly (readonly [what: string, spec: object])[] = [
  ['the processes of the node', { sleep, pod: { hostPID: true } }],
  ['the shared memory of the node', { sleep, pod: { hostIPC: true } }],
  ['a port of the node', { sleep, pod: { ports: [{ containerPort: 80, hostPort: 80 }] } }],
  ['another command', { sleep, pod: { command: ['sh'] } }],
  ['other arguments', { sleep, pod: { args: ['-c', 'id'] } }],
  ['another container', { sleep, pod: { containers: [{ name: 'more', image: 'sh' }] } }],
  ['a container before all others', { sleep, pod: { initContainers: [{ name: 'first', image: 'sh' }] } }],
  ['a kernel setting', { sleep, pod: { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } } }],
  ['a mask taken off /proc', { sleep, pod: { securityContext: { procMount: 'Unmasked' } } }],
  ['a label of SELinux', { sleep, pod: { securityContext: { seLinuxOptions: { type: 'spc_t' } } } }],
  ['a token of the account', { sleep, pod: { automountServiceAccountToken: true } }],
  ['a value of a Secret', { sleep, pod: { env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'password', key: 'word' } } }] } }],
  ['a variable of all of a Secret', { sleep, pod: { envFrom: [{ secretRef: { name: 'password' } }] } }],
  ['a volume of projected tokens', volume({ projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } })],
  ['a volume of a CSI driver', volume({ csi: { driver: 'secrets-store.csi.k8s.io' } })],
  ['a network file system', volume({ nfs: { server: 'files', path: '/' } })],
  ['a node without the scheduler', { sleep, pod: { nodeName: 'n1' } }],
];

/** Values that are refused before or by the operator because they would reach beyond the tool's own work. */
export const unsoundValues: readonly (readonly [what: string, spec: BenchmarkSpec])[] = [
  ['a log file of iperf', { iperf: { duration: '1s', extraArgs: ['--logfile=/tmp/x'] } }],
  ['another peer of iperf', { iperf: { duration: '1s', extraArgs: ['--client=10.96.0.1'] } }],
  ['an output file of fio', { fio: { extraArgs: ['--output=/tmp/x'] } }],
  ['another file under fio', { fio: { extraArgs: ['--filename=/dev/sda'] } }],
  ['a program run by fio', { fio: { extraArgs: ['--exec_prerun=id'] } }],
  ['a program in a job file of fio', { fio: { jobFile: '[a]\nexec_prerun=id\n' } }],
  ['another file in a job file of fio', { fio: { jobFile: '[a]\nfilename=/dev/sda\n' } }],
  ['an annotation of the operator', pod({ annotations: { 'assay.dev/peers': '{}' } })],
  ['a label of the operator', pod({ labels: { 'assay.dev/benchmark-uid': 'x' } })],
  ['a variable of the agent', pod({ env: [{ name: 'ASSAY_TASK', value: '{}' }] })],
  ["a volume over the agent's files", pod({ volumes: [{ name: 'v', mountPath: '/assay', emptyDir: {} }] })],
  ['a way out of a volume', pod({ volumes: [{ name: 'v', mountPath: '/v', subPath: '../..', emptyDir: {} }] })],
];
