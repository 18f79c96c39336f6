import { isDeepStrictEqual } from 'node:util';
import { type Draft, ownImage, seconds } from './common.ts';
import type { Source } from './source.ts';

const roles = ['server', 'client'] as const;

/** IPerf of the second generation is iperf3. */
export function convertSuccessorIPerf(spec: Source): Draft {
  return { ...successorFields(spec), iperf: { version: 3, duration: seconds(spec.take('duration')), streams: spec.take('streams') } };
}

/** RDMABandwidth of the second generation: one message size for a time, without RDMA CM unless asked for. */
export function convertSuccessorRDMABandwidth(spec: Source): Draft {
  return { ...successorFields(spec), rdmaBandwidth: { ...test(spec, 4_194_304), queuePairs: spec.take('qps') } };
}

/** RDMALatency of the second generation. */
export function convertSuccessorRDMALatency(spec: Source): Draft {
  return { ...successorFields(spec), rdmaLatency: test(spec, 2) };
}

/** Releases before `duration` had iterations over all sizes. */
function test(spec: Source, messageSize: number): Draft {
  const iterations = spec.take('iterations');
  const [server, client] = roles.map((role) => deviceOf(spec.child(role)));
  const timed = { duration: seconds(spec.take('duration') ?? 30), messageSize: spec.take('messageSize') ?? messageSize };
  return {
    mode: spec.take('mode'),
    rdmaCM: spec.take('connectionManager') ?? false,
    ...(iterations === undefined ? timed : { iterations }),
    ...(server === client ? { device: server } : { devices: { server, client } }),
    extraArgs: spec.take('extraArgs'),
  };
}

function deviceOf(role: Source): unknown {
  role.note('cpuAffinity', 'has no counterpart and is left out: give the pods whole CPUs by resources, and let the kubelet pin them');
  return role.take('device') ?? 'mlx5_0';
}

/** What every benchmark of the second generation can say. Options of pods may stand for all, and for each role. */
function successorFields(spec: Source): Draft {
  const metadata = spec.child('defaultMetadata');
  const pods = spec.child('pods');
  spec.note('jobSet', 'is left out: labels and annotations of a JobSet have no counterpart');
  spec.note('image', ownImage);
  const pinned = roles.map((role) => [role, nodeOf(spec.child(role))] as const);
  return {
    suspend: spec.take('paused'),
    network: { host: spec.take('hostNetwork') },
    placement: {
      nodeSelector: pods.take('nodeSelector'),
      tolerations: pods.take('tolerations'),
      affinity: { nodeAffinity: pods.take('nodeAffinity') },
      nodes: Object.fromEntries(pinned),
    },
    pod: {
      imagePullPolicy: spec.take('imagePullPolicy'),
      labels: both(metadata.take('labels'), pods.take('labels')),
      annotations: both(metadata.take('annotations'), pods.take('annotations')),
      resources: pods.take('resources'),
    },
    roles: Object.fromEntries(roles.map((role) => [role, { pod: podOf(spec.child(role)) }])),
  };
}

function podOf(role: Source): Draft {
  const everywhere =
    'of one role alone has no counterpart and is left out; name its node in spec.placement.nodes, or give it to both in spec.placement';
  role.note('tolerations', everywhere);
  return { labels: role.take('labels'), annotations: role.take('annotations'), resources: role.take('resources') };
}

const hostname = 'kubernetes.io/hostname';

/** The one node that a role's selector or affinity names; what says more than that is told. */
function nodeOf(role: Source): unknown {
  const bySelector = selectedNode(role.take('nodeSelector'));
  const byAffinity = requiredNode(role.take('nodeAffinity'));
  const unless = 'of one role alone has no counterpart unless it names one node; name that in spec.placement.nodes';
  if (bySelector === undefined) role.note('nodeSelector', unless);
  if (byAffinity === undefined) role.note('nodeAffinity', unless);
  return bySelector ?? byAffinity;
}

function selectedNode(selector: unknown): unknown {
  return isRecord(selector) && Object.keys(selector).join() === hostname ? selector[hostname] : undefined;
}

function requiredNode(affinity: unknown): unknown {
  const required = isRecord(affinity) ? affinity['requiredDuringSchedulingIgnoredDuringExecution'] : undefined;
  const terms = isRecord(required) && Array.isArray(required['nodeSelectorTerms']) ? required['nodeSelectorTerms'] : [];
  const [requirement] = terms.flatMap((term: unknown) =>
    isRecord(term) && Array.isArray(term['matchExpressions']) ? term['matchExpressions'] : [],
  );
  const node: unknown = isRecord(requirement) && Array.isArray(requirement['values']) ? requirement['values'][0] : undefined;
  return isDeepStrictEqual(affinity, affinityOf(node)) ? node : undefined;
}

/** As a person writes that a pod belongs on one node. */
function affinityOf(node: unknown): object {
  const matchExpressions = [{ key: hostname, operator: 'In', values: [node] }];
  return { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] } };
}

function both(all: unknown, own: unknown): unknown {
  return isRecord(all) && isRecord(own) ? { ...all, ...own } : (own ?? all);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
