import { describe, expect, test } from '@jest/globals';
import { convertSuccessorIPerf, convertSuccessorRDMABandwidth, convertSuccessorRDMALatency } from './successor.ts';
import { convertedSpec } from './testing.ts';

const iperf = (spec: object) => convertedSpec(convertSuccessorIPerf, spec);
const hostname = 'kubernetes.io/hostname';
const affinity = (values: string[], key = hostname) => ({
  requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key, operator: 'In', values }] }] },
});

describe('what all benchmarks can say', () => {
  test.each<[string, object, object]>([
    ['paused', { paused: true }, { suspend: true }],
    ['the network of the node', { hostNetwork: true }, { network: { host: true } }],
    ['labels of all objects', { defaultMetadata: { labels: { a: 'x' } } }, { pod: { labels: { a: 'x' } } }],
    [
      'labels of pods, over those of all objects',
      { defaultMetadata: { labels: { a: 'x', b: 'x' } }, pods: { labels: { a: 'y' } } },
      { pod: { labels: { a: 'y', b: 'x' } } },
    ],
    ['annotations', { pods: { annotations: { a: 'x' } } }, { pod: { annotations: { a: 'x' } } }],
    ['resources of pods', { pods: { resources: { limits: { cpu: 1 } } } }, { pod: { resources: { limits: { cpu: 1 } } } }],
    [
      'resources of a role',
      { server: { resources: { limits: { cpu: 1 } } } },
      { roles: { server: { pod: { resources: { limits: { cpu: 1 } } } } } },
    ],
    ['the node selector', { pods: { nodeSelector: { pool: 'a' } } }, { placement: { nodeSelector: { pool: 'a' } } }],
    ['tolerations', { pods: { tolerations: [{ operator: 'Exists' }] } }, { placement: { tolerations: [{ operator: 'Exists' }] } }],
    ['the affinity', { pods: { nodeAffinity: affinity(['a', 'b']) } }, { placement: { affinity: { nodeAffinity: affinity(['a', 'b']) } } }],
    ['the node of a role by selector', { client: { nodeSelector: { [hostname]: 'a' } } }, { placement: { nodes: { client: 'a' } } }],
    ['the node of a role by affinity', { server: { nodeAffinity: affinity(['a']) } }, { placement: { nodes: { server: 'a' } } }],
  ])('%s', (_, given, ours) => {
    expect(iperf(given)).toEqual({ spec: { ...ours, iperf: { version: 3 } }, notes: [] });
  });

  test.each<[string, object]>([
    ['spec.jobSet', { jobSet: { labels: { a: 'x' } } }],
    ['spec.image', { image: 'x' }],
    ['spec.server.nodeSelector', { server: { nodeSelector: { pool: 'a' } } }],
    ['spec.server.nodeAffinity', { server: { nodeAffinity: affinity(['a', 'b']) } }],
    ['spec.client.nodeAffinity', { client: { nodeAffinity: affinity(['a'], 'pool') } }],
    ['spec.client.tolerations', { client: { tolerations: [{ operator: 'Exists' }] } }],
    ['spec.pods.priority', { pods: { priority: 1 } }],
  ])('%s is left out and named', (path, given) => {
    const { spec, notes } = iperf(given);
    expect([spec, notes.map((note) => note.path)]).toEqual([{ iperf: { version: 3 } }, [path]]);
  });
});

describe('RDMA', () => {
  const timed = { rdmaCM: false, duration: '30s', device: 'mlx5_0' };

  test.each([
    ['bandwidth', convertSuccessorRDMABandwidth, { rdmaBandwidth: { ...timed, messageSize: 4_194_304 } }],
    ['latency', convertSuccessorRDMALatency, { rdmaLatency: { ...timed, messageSize: 2 } }],
  ])('%s: its defaults are written out', (_, converter, ours) => {
    expect(convertedSpec(converter, {})).toEqual({ spec: ours, notes: [] });
  });

  test.each<[string, object, object]>([
    ['a time and a size', { duration: 5, messageSize: 64 }, { ...timed, duration: '5s', messageSize: 64 }],
    ['iterations, of releases before', { iterations: 50 }, { rdmaCM: false, iterations: 50, device: 'mlx5_0' }],
    ['the connection manager', { connectionManager: true }, { ...timed, messageSize: 2, rdmaCM: true }],
    ['one device for both', { server: { device: 'a' }, client: { device: 'a' } }, { ...timed, messageSize: 2, device: 'a' }],
    [
      'a device a role',
      { client: { device: 'a' } },
      { rdmaCM: false, duration: '30s', messageSize: 2, devices: { server: 'mlx5_0', client: 'a' } },
    ],
  ])('%s', (_, given, rdmaLatency) => {
    expect(convertedSpec(convertSuccessorRDMALatency, given)).toEqual({ spec: { rdmaLatency }, notes: [] });
  });

  test('queue pairs', () => {
    expect(convertedSpec(convertSuccessorRDMABandwidth, { qps: 4 }).spec).toMatchObject({ rdmaBandwidth: { queuePairs: 4 } });
  });

  test.each(['server', 'client'])('the CPUs of the %s are named as left out', (role) => {
    const { notes } = convertedSpec(convertSuccessorRDMALatency, { [role]: { cpuAffinity: '0-3' } });
    expect(notes.map(({ path }) => path)).toEqual([`spec.${role}.cpuAffinity`]);
  });

  test('iperf has no device', () => {
    expect(iperf({ server: { device: 'mlx5_0' } }).notes).toMatchObject([{ path: 'spec.server.device' }]);
  });
});
