import { workloads } from '../../../runners/registry.ts';
import type { KubeObject } from '../../kube/object.ts';
import type { Kind } from '../crds.ts';

/** An object as somebody may write it: of a known kind, whatever its spec is. */
export interface Written extends KubeObject {
  kind: Kind;
  spec: Record<string, unknown>;
}

/** An object that the API server refuses, and so must offline validation: for the same fields, and with these words. */
export interface Refused {
  title: string;
  object: Written;
  /** Path -> message of the offline check. */
  problems: Record<string, string>;
}

const apiVersion = 'assay.dev/v1alpha1';

/** A sound Benchmark with changes; undefined leaves a field out. */
export function benchmark(spec: object, metadata: object = {}): Written {
  return written({ apiVersion, kind: 'Benchmark', metadata: { name: 'net', ...metadata }, spec: { sleep: {}, ...spec } });
}

/** A Benchmark of another workload. */
function only(spec: object): Written {
  return benchmark({ sleep: undefined, ...spec });
}

/** A sound BenchmarkSet with changes; undefined leaves a field out. */
export function benchmarkSet(spec: object): Written {
  return written({ apiVersion, kind: 'BenchmarkSet', metadata: { name: 'net' }, spec: { template: { spec: { sleep: {} } }, ...spec } });
}

function written(object: Written): Written {
  const copy: Written = JSON.parse(JSON.stringify(object));
  return copy;
}

const names = Object.keys(workloads).toSorted().join(', ');
const ownKeys = "keys below assay.dev/ are the operator's own; choose another prefix";
const label = 'like blue (letters, digits, "-", "_" and ".")';

function refused(title: string, object: Written, problems: Record<string, string>): Refused {
  return { title, object, problems };
}

export const refusedObjects: Refused[] = [
  // The workload.
  refused('no workload', benchmark({ sleep: undefined }), { spec: `exactly one workload block is needed; ${names}` }),
  refused('two workloads', benchmark({ cpusoaker: {} }), { spec: `exactly one workload block is needed; ${names}` }),
  refused('a parameter of the wrong type', benchmark({ sleep: { duration: 5 } }), { 'spec.sleep.duration': '5 is not allowed; like 1s' }),
  refused('a parameter of the wrong form', benchmark({ sleep: { duration: '5 s' } }), { 'spec.sleep.duration': '"5 s" is not allowed; like 1s' }),
  refused('a text in place of a block', benchmark({ sleep: 'long' }), { 'spec.sleep': '"long" is not allowed; an object' }),
  refused('an unknown parameter', benchmark({ sleep: { durations: '5s' } }), { 'spec.sleep.durations': 'unknown field; did you mean "duration"?' }),
  refused('an unknown field', benchmark({ timeout: {} }), { 'spec.timeout': 'unknown field; did you mean "timeouts"?' }),
  // Rules of the workloads.
  refused('iperf both ways and backwards', only({ iperf: { reverse: true, bidirectional: true } }), {
    'spec.iperf.bidirectional': 'reverse and bidirectional exclude each other; bidirectional measures both ways',
  }),
  refused('iperf over UDP without a rate', only({ iperf: { protocol: 'UDP' } }), {
    'spec.iperf.bitrate':
      'UDP needs bitrate, since iperf would send 1 Mbit/s without it; write the rate of each stream, such as 1G, or 0 for as fast as possible',
  }),
  refused('iperf 2 that omits the start', only({ iperf: { version: 2, omit: '1s' } }), {
    'spec.iperf.omit': 'iperf 2 cannot omit the start of a run; take version 3',
  }),
  refused('streams beyond their range', only({ iperf: { streams: -1 } }), { 'spec.iperf.streams': '-1 is not allowed; 1 to 128' }),
  refused('a version that is none', only({ iperf: { version: 4 } }), { 'spec.iperf.version': '4 is not allowed; 2 or 3' }),
  refused('fio that mixes without a mixed pattern', only({ fio: { rw: 'read', readPercent: 70 } }), {
    'spec.fio.readPercent': 'readPercent needs rw: rw or rw: randrw, which mix reads and writes',
  }),
  refused('fio with a queue of an engine that has none', only({ fio: { engine: 'psync', ioDepth: 4 } }), {
    'spec.fio.ioDepth': 'this engine has one request in flight at a time; take libaio, io_uring or posixaio, or ioDepth 1',
  }),
  refused('fio on two volumes', only({ fio: { volume: { emptyDir: {}, claimName: 'a' } } }), {
    'spec.fio.volume': 'exactly one of emptyDir, claimName and claimTemplate must be given',
  }),
  refused('fio on a shared claim of one writer', only({ fio: { volume: { claimTemplate: { size: '1Gi', shared: true } } } }), {
    'spec.fio.volume.claimTemplate.accessMode': 'a shared claim needs accessMode ReadWriteMany',
  }),
  // Limits, retries, cleanup.
  refused('a whole number below its range', benchmark({ retries: -1 }), { 'spec.retries': '-1 is not allowed; 0 to 10' }),
  refused('a whole number above its range', benchmark({ retries: 11 }), { 'spec.retries': '11 is not allowed; 0 to 10' }),
  refused('a fraction', benchmark({ retries: 1.5 }), { 'spec.retries': '1.5 is not allowed; a whole number, 0 to 10' }),
  refused('a text for a switch', benchmark({ suspend: 'yes' }), { 'spec.suspend': '"yes" is not allowed; true or false' }),
  refused('a time without unit', benchmark({ timeouts: { pending: '300' } }), { 'spec.timeouts.pending': '"300" is not allowed; like 5m' }),
  refused('an unknown choice', benchmark({ cleanup: { pods: 'Sometimes' } }), {
    'spec.cleanup.pods': '"Sometimes" is not allowed; Always, OnSuccess or Never',
  }),
  refused('a choice in the wrong case', benchmark({ backend: 'pods' }), { 'spec.backend': '"pods" is not allowed; Pods, Volcano or JobSet' }),
  refused('two at once', benchmark({ retries: -1, backend: 'Docker' }), {
    'spec.retries': '-1 is not allowed; 0 to 10',
    'spec.backend': '"Docker" is not allowed; Pods, Volcano or JobSet',
  }),
  // Network and placement.
  refused('KP-18 an MTU of a node', benchmark({ network: { host: true, mtu: 9000 } }), {
    'spec.network.mtu':
      "is not allowed with network.host, for a node's interface has the MTU that its administrator gave it; leave one of them out",
  }),
  refused('an MTU below that of IPv6', benchmark({ network: { ipFamily: 'IPv6', mtu: 1000 } }), {
    'spec.network.mtu': 'is too small for IPv6, which needs 1280',
  }),
  refused('an interface without an attachment', benchmark({ network: { interface: 'net1' } }), {
    'spec.network.interface': 'is allowed only with network.name, the attachment that becomes this interface',
  }),
  refused('an interface that every pod has', benchmark({ network: { name: 'fast', interface: 'eth0' } }), {
    'spec.network.interface': 'is not allowed to be eth0 or lo, which every pod has already; choose another name, such as net1',
  }),
  refused('an interface of two words', benchmark({ network: { name: 'fast', interface: 'net 1' } }), {
    'spec.network.interface': '"net 1" is not allowed; like net1',
  }),
  refused('a family in another spelling', benchmark({ network: { ipFamily: 'ipv6' } }), {
    'spec.network.ipFamily': '"ipv6" is not allowed; IPv4 or IPv6',
  }),
  refused('an attachment on the host network', benchmark({ network: { host: true, name: 'fast' } }), {
    'spec.network.name': "is not allowed with network.host, for the node's own network has no attachments; leave one of them out",
  }),
  refused('a node name with a line break', benchmark({ placement: { nodes: { sleeper: 'a\nb' } } }), {
    'spec.placement.nodes.sleeper': '"a\\nb" is not allowed; like worker-1.example.com (a-z, 0-9, "-" and ".")',
  }),
  refused('a toleration that contradicts itself', benchmark({ placement: { tolerations: [{ operator: 'Exists', value: 'x' }] } }), {
    'spec.placement.tolerations[0].value': 'is not allowed with operator Exists; leave it out',
  }),
  refused('an affinity with an unknown field', benchmark({ placement: { affinity: { nodeAffinty: {} } } }), {
    'spec.placement.affinity.nodeAffinty': 'unknown field; did you mean "nodeAffinity"?',
  }),
  refused('a pod affinity without topology', benchmark({ placement: { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{}] } } } }), {
    'spec.placement.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey': 'is missing; text of 1 to 317 characters',
  }),
  // Pod options.
  refused('an image that ends in another argument', benchmark({ pod: { image: 'runner --privileged' } }), {
    'spec.pod.image': '"runner --privileged" is not allowed; like example.com/team/assay-runner:1.0',
  }),
  refused("a variable of the agent's own", benchmark({ pod: { env: [{ name: 'ASSAY_TASK', value: '{}' }] } }), {
    'spec.pod.env[0].name': "names that begin with ASSAY_ are the agent's own; choose another",
  }),
  refused('a variable twice', benchmark({ pod: { env: [{ name: 'A', value: '1' }, { name: 'A', value: '2' }] } }), {
    'spec.pod.env[1]': 'a second name "A" is not allowed; each item once',
  }),
  refused('a variable without value', benchmark({ pod: { env: [{ name: 'A' }] } }), {
    'spec.pod.env[0].value': 'is missing; text of at most 4096 characters',
  }),
  refused('a value that is too long', benchmark({ pod: { env: [{ name: 'A', value: 'x'.repeat(4097) }] } }), {
    'spec.pod.env[0].value': `"${'x'.repeat(59)}... is not allowed; text of at most 4096 characters`,
  }),
  refused('too many variables', benchmark({ pod: { env: Array.from({ length: 65 }, (_, index) => ({ name: `A${index}`, value: '' })) } }), {
    'spec.pod.env': '65 items are not allowed; a list of at most 64 items',
  }),
  refused("a label of the operator's own", benchmark({ pod: { labels: { 'assay.dev/set': 'other' } } }), { 'spec.pod.labels': ownKeys }),
  refused('a label key that is none', benchmark({ pod: { labels: { 'a b': 'c' } } }), {
    'spec.pod.labels': 'a key is not allowed; like team or example.com/team',
  }),
  refused('a label value that is none', benchmark({ pod: { labels: { team: 'a b' } } }), { 'spec.pod.labels.team': `"a b" is not allowed; ${label}` }),
  refused("an annotation of the operator's own", benchmark({ pod: { annotations: { 'assay.dev/peers': '[]' } } }), { 'spec.pod.annotations': ownKeys }),
  refused('an annotation key that is none', benchmark({ pod: { annotations: { 'a b': '' } } }), {
    'spec.pod.annotations': 'a key is not allowed; like note or example.com/note',
  }),
  refused("a volume of the agent's name", benchmark({ pod: { volumes: [{ name: 'scratch', mountPath: '/mnt', emptyDir: {} }] } }), {
    'spec.pod.volumes[0].name': "scratch and peers are the agent's own volumes; choose another name",
  }),
  refused("a role's label of the operator's own", benchmark({ roles: { sleeper: { pod: { labels: { 'assay.dev/role': 'x' } } } } }), {
    'spec.roles.sleeper.pod.labels': ownKeys,
  }),
  refused('a quantity that is none', benchmark({ pod: { resources: { limits: { cpu: 'two' } } } }), {
    'spec.pod.resources.limits.cpu': '"two" is not allowed; a whole number, at least 0, or like 500m or 4Gi',
  }),
  refused('a negative quantity', benchmark({ pod: { resources: { limits: { cpu: -2 } } } }), {
    'spec.pod.resources.limits.cpu': '-2 is not allowed; a whole number, at least 0, or like 500m or 4Gi',
  }),
  refused('a volume of two sources', benchmark({ pod: { volumes: [{ name: 'a', mountPath: '/mnt', emptyDir: {}, hostPath: { path: '/' } }] } }), {
    'spec.pod.volumes[0]': 'needs exactly one source; emptyDir, configMap, secret, persistentVolumeClaim or hostPath',
  }),
  ...['/', '/app', '/app/compiled', '/assay/bin', '/tmp/', '//usr/local'].map((mountPath) =>
    refused(`a volume over the agent, at ${mountPath}`, benchmark({ pod: { volumes: [{ name: 'a', mountPath, emptyDir: {} }] } }), {
      'spec.pod.volumes[0].mountPath': 'would hide the agent; choose another path, like /mnt/data',
    }),
  ),
  refused('a way out of a volume', benchmark({ pod: { volumes: [{ name: 'a', mountPath: '/mnt', subPath: 'a/../..', emptyDir: {} }] } }), {
    'spec.pod.volumes[0].subPath': 'may not leave the volume by ..',
  }),
  refused('a capability that is none', benchmark({ pod: { securityContext: { capabilities: { add: ['net admin'] } } } }), {
    'spec.pod.securityContext.capabilities.add[0]': '"net admin" is not allowed; like IPC_LOCK',
  }),
  refused('a seccomp profile without file', benchmark({ pod: { securityContext: { seccompProfile: { type: 'Localhost' } } } }), {
    'spec.pod.securityContext.seccompProfile.localhostProfile': 'is needed with type Localhost, and allowed only then',
  }),
  // Sets.
  refused('a set without template', benchmarkSet({ template: undefined }), { 'spec.template': 'is missing; an object' }),
  refused('a template of two workloads', benchmarkSet({ template: { spec: { sleep: {}, cpusoaker: {} } } }), {
    'spec.template.spec': `only one workload block is allowed; ${names}`,
  }),
  refused('a template with an unknown field', benchmarkSet({ template: { spec: { sleep: { durations: '1s' } } } }), {
    'spec.template.spec.sleep.durations': 'unknown field; did you mean "duration"?',
  }),
  refused('no repetition', benchmarkSet({ repetitions: 0 }), { 'spec.repetitions': '0 is not allowed; 1 to 10000' }),
  refused('no parallel member', benchmarkSet({ parallelism: 0 }), { 'spec.parallelism': '0 is not allowed; 1 to 1000' }),
  refused('a seed beyond 32 bits', benchmarkSet({ seed: 4294967296 }), { 'spec.seed': '4294967296 is not allowed; 0 to 4294967295' }),
  refused('a budget beyond all', benchmarkSet({ failureBudget: '110%' }), {
    'spec.failureBudget': '"110%" is not allowed; a whole number, at least 0, or like 10%',
  }),
  refused('an axis that is no list', benchmarkSet({ matrix: { product: { 'sleep.duration': '1s' } } }), {
    'spec.matrix.product[sleep.duration]': '"1s" is not allowed; a list of at most 1000 items',
  }),
  refused('an unknown order', benchmarkSet({ order: 'Shuffled' }), {
    'spec.order': '"Shuffled" is not allowed; Interleaved, Random or Sequential',
  }),
  refused("a member's label of the operator's own", benchmarkSet({ template: { metadata: { labels: { 'assay.dev/cell': '0' } }, spec: { sleep: {} } } }), {
    'spec.template.metadata.labels': ownKeys,
  }),
];
