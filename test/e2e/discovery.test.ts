// Pods that all start at once find each other: over the cluster's network and the nodes', in both address families.
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Attempt, Benchmark, BenchmarkSpec } from '../../operator/api/types.ts';
import { hasEnded, runnerStatus } from '../../operator/backends/pod.ts';
import { service } from '../cluster/processes/service.ts';
import { until } from '../integration/until.ts';
import { type Conduct, watchConduct } from './conduct.ts';
import { implausible } from './plausible.ts';
import { RealCluster } from './real-cluster.ts';
import { install } from './release.ts';
import type { Space } from './space.ts';

let cluster: RealCluster;
let space: Space;
let conduct: Conduct;

beforeAll(async () => {
  cluster = await RealCluster.connect();
  // Host network is nothing for a restricted namespace.
  space = await cluster.space('discovery', {});
  await install(cluster, { policy: { namespaces: { [space.name]: { hostNetwork: true } } } });
  conduct = await watchConduct(cluster);
}, 200_000);

afterAll(() => cluster?.close(), 60_000);

/** Nothing needs to admit the pods of the queue: without Kueue it is only a name, but they start together all the same. */
function pair(network: NonNullable<BenchmarkSpec['network']>, more: BenchmarkSpec = {}): BenchmarkSpec {
  const placement = { nodes: { server: 'n1', client: 'n2' } };
  return { iperf: { duration: '2s' }, queue: 'night', network, placement, cleanup: { pods: 'Never' }, ...more };
}

const podsOf = ({ status }: Benchmark): Attempt['pods'] => status?.attempts?.at(-1)?.pods ?? [];

/** Where addresses of each kind are, by the layout of the test cluster. */
const nodes = { IPv4: /^10\.200\.0\.1[12]$/, IPv6: /^fd00:200::1[12]$/ };
const pods = { IPv4: /^10\.201\.\d+\.\d+$/, IPv6: /^fd00:201:/ };

describe.each<[string, NonNullable<BenchmarkSpec['network']>, RegExp]>([
  ['the cluster network', {}, pods.IPv4],
  ['the cluster network, IPv6', { ipFamily: 'IPv6' }, pods.IPv6],
  ['the network of the nodes', { host: true }, nodes.IPv4],
  ['the network of the nodes, IPv6', { host: true, ipFamily: 'IPv6' }, nodes.IPv6],
])('KP-17 %s', (title, network, addresses) => {
  const name = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  let run: Benchmark;

  beforeAll(async () => {
    await space.create(name, pair(network));
    run = await space.untilPhase(name, 'Succeeded', 120_000);
  }, 130_000);

  test('gives plausible figures between the nodes', () => {
    expect(implausible(run)).toEqual([]);
    expect(podsOf(run).map(({ role, node }) => `${role} on ${node}`)).toEqual(expect.arrayContaining(['server on n1', 'client on n2']));
  });

  test('by addresses of that network and family', () => {
    expect(podsOf(run).map(({ ip }) => ip)).toEqual([expect.stringMatching(addresses), expect.stringMatching(addresses)]);
  });

  test('which the operator told by one patch, and the client used', async () => {
    const client = await space.untilPod('the client', ({ metadata }) => metadata.name === `${name}-client-0`);
    const server = podsOf(run).find(({ role }) => role === 'server');
    expect(JSON.parse(client.metadata.annotations?.['assay.dev/peers'] ?? '')).toEqual({ version: 1, peers: { server: [server?.ip] } });
    const patches = (await space.writes()).filter(({ verb, object }) => verb === 'patch' && object.startsWith(`pods/${name}-`));
    expect(patches.map(({ object }) => object)).toEqual([`pods/${name}-client-0`]);
  });
});

test('the time from the patch to the start of the tool is bounded', async () => {
  // Its images are on the nodes by now, so this is what telling costs.
  await space.create('prompt', pair({}));
  const run = await space.untilPhase('prompt', 'Succeeded', 120_000);
  const client = await space.untilPod('the client', ({ metadata }) => metadata.name === 'prompt-client-0');
  const writes = (client.metadata.managedFields ?? []) as { subresource?: string; time: string }[];
  const told = Date.parse(writes.find(({ subresource }) => subresource === undefined)?.time ?? '');
  const began = Date.parse(run.status?.window?.startedAt ?? '');
  // The API server's times are whole seconds.
  expect(began - told).toBeGreaterThanOrEqual(0);
  expect(began - told).toBeLessThan(10_000);
}, 130_000);

describe('KP-19 in any namespace', () => {
  let team: Space;

  beforeAll(async () => {
    team = await cluster.space('team-a', {});
  }, 40_000);

  test('peers find each other without DNS, within 5 s of the last address', async () => {
    const dns = service(join(cluster.machine.folder, 'services'), 'coredns');
    await dns.stop();
    try {
      await team.create('nameless', pair({}));
      const run = await team.untilPhase('nameless', 'Succeeded', 120_000);
      // A pod has its addresses before its container starts.
      const starts = (await team.pods()).map(({ status }) => {
        const { running, terminated } = runnerStatus(status)?.state ?? {};
        return Date.parse((running ?? terminated)?.startedAt ?? '');
      });
      const measured = Date.parse(run.status?.window?.startedAt ?? '');
      expect(measured - Math.max(...starts)).toBeLessThan(5000);
    } finally {
      await dns.start();
    }
    // Its server holds a node until it has ended.
    await until('no pod is left that runs', async () => ((await team.pods()).every(hasEnded) ? true : undefined), 60_000);
  }, 200_000);
});

test('KP-20 a client waits for a server that is 10 s late', async () => {
  const node = cluster.machine.nodes.find(({ name }) => name === 'n1');
  if (!node) throw new Error('there is no node n1');
  await node.kubelet.stop('SIGKILL');
  try {
    await space.create('late', pair({}));
    await space.untilPod(
      'the client runs',
      ({ metadata, status }) => metadata.name === 'late-client-0' && status?.phase === 'Running',
      60_000,
    );
    await pause(10_000);
  } finally {
    await node.kubelet.start();
  }
  const { status } = await space.untilPhase('late', 'Succeeded', 120_000);
  expect([status?.attempts?.length, status?.warnings ?? []]).toEqual([1, []]);
}, 200_000);

test('fio on two workers and a client over IPv6', async () => {
  const fio = { runtime: '2s', size: '8Mi', direct: false, engine: 'psync', workers: 2 } as const;
  await space.create('disks', { fio, queue: 'night', network: { ipFamily: 'IPv6' } });
  const run = await space.untilPhase('disks', 'Succeeded', 120_000);
  expect(implausible(run)).toEqual([]);
  expect(podsOf(run).every(({ ip = '' }) => isIPv6(ip))).toBe(true);
}, 130_000);

test('iperf 2 over IPv6, without a queue', async () => {
  await space.create('two', { iperf: { version: 2, duration: '2s' }, network: { ipFamily: 'IPv6' } });
  const run = await space.untilPhase('two', 'Succeeded', 120_000);
  expect(podsOf(run).map(({ ip }) => ip)).toEqual([expect.stringMatching(pods.IPv6), expect.stringMatching(pods.IPv6)]);
}, 130_000);

test('two servers of one port never share a node of their network', async () => {
  const fio = { runtime: '2s', size: '8Mi', direct: false, engine: 'psync', workers: 3 } as const;
  await space.create('crowd', { fio, queue: 'night', network: { host: true }, timeouts: { pending: '15s' } });
  const ended = async () => (await space.benchmark('crowd')).status?.attempts?.find(({ outcome }) => outcome !== undefined);
  const attempt = await until('the end of an attempt', ended, 90_000, () => space.evidence());
  expect(attempt).toMatchObject({ reason: 'HalfPlaced', message: expect.stringContaining('free ports') });
  await space.patch('crowd', { cancel: true });
  await space.untilPhase('crowd', 'Cancelled');
}, 140_000);

test('the operator met no refusal and was not restarted', async () => {
  expect([await conduct.refused(), await conduct.restarts()]).toEqual([[], []]);
});
