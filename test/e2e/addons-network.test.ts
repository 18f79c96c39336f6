// Attachments of Multus, beside the pods' own network and in place of it: the traffic goes over them or the run fails.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Benchmark, BenchmarkSpec } from '../../operator/api/types.ts';
import { output } from './command.ts';
import { type Conduct, watchConduct } from './conduct.ts';
import { openQueue } from './kueue-queue.ts';
import { implausible } from './plausible.ts';
import { RealCluster } from './real-cluster.ts';
import { install } from './release.ts';
import type { Space } from './space.ts';

type Network = NonNullable<BenchmarkSpec['network']>;

let cluster: RealCluster;
let space: Space;
let conduct: Conduct;
let closeQueue: (() => Promise<void>) | undefined;

beforeAll(async () => {
  cluster = await RealCluster.connect();
  space = await cluster.space('network');
  // The attachments of the test cluster are in namespace default, for everybody.
  await install(cluster, { policy: { namespaces: { [space.name]: { networks: ['default'] } } } });
  conduct = await watchConduct(cluster);
  closeQueue = await openQueue(cluster, space, 'night', '1');
}, 200_000);

afterAll(async () => {
  await closeQueue?.();
  await cluster?.close();
}, 60_000);

const nodes = { server: 'n1', client: 'n2' };

function pair(network: Network, more: BenchmarkSpec = {}): BenchmarkSpec {
  return { iperf: { duration: '2s' }, network, placement: { nodes }, ...more };
}

function addressesOf({ status }: Benchmark): (string | undefined)[] {
  return status?.attempts?.at(-1)?.pods.map(({ ip }) => ip) ?? [];
}

function failureOf({ status }: Benchmark): { reason?: string; message?: string } {
  const { reason = '', message = '' } = status?.conditions?.find(({ type }) => type === 'Failed') ?? {};
  return { reason, message };
}

/** In a node's own network namespace. */
async function onNode(node: string, args: readonly string[]): Promise<string> {
  return await output('nsenter', [`--net=/run/netns/${cluster.machine.name}-${node}`, ...args]);
}

interface Link {
  ifname: string;
  mtu: number;
  stats64: { rx: { bytes: number } };
}

async function linksOf(node: string): Promise<Link[]> {
  return JSON.parse(await onNode(node, ['ip', '-json', '-statistics', 'link', 'show'])) as Link[];
}

/** Interfaces of both nodes and their MTU, but for the ends of pods' cables, which come and go. */
async function mtus(): Promise<string[]> {
  const links = (await Promise.all(['n1', 'n2'].map(linksOf))).flat();
  return links.filter(({ ifname }) => !ifname.startsWith('veth')).map(({ ifname, mtu }) => `${ifname} ${mtu}`);
}

/** Bytes that came in through a node's cable since it was laid. */
async function receivedBy(node: string, cable: string): Promise<number> {
  return (await linksOf(node)).find(({ ifname }) => ifname === cable)?.stats64.rx.bytes ?? Number.NaN;
}

describe.each<[string, Network, RegExp]>([
  ['a further interface', { name: 'default/macvlan', interface: 'net1' }, /^10\.202\.[12]\.\d+$/],
  ['a further interface, IPv6', { name: 'default/macvlan', interface: 'net1', ipFamily: 'IPv6' }, /^fd00:202:[12]:/],
  ['a bridge of the nodes', { name: 'default/bridge', interface: 'fast' }, /^10\.203\.[12]\.\d+$/],
  ['the place of the default network', { name: 'default/macvlan' }, /^10\.202\.[12]\.\d+$/],
  ['the place of the default network, IPv6', { name: 'default/macvlan', ipFamily: 'IPv6' }, /^fd00:202:[12]:/],
])('KP-17 an attachment as %s', (title, network, addresses) => {
  const name = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

  test.each<[string, BenchmarkSpec]>([
    ['', {}],
    // The pods start together when Kueue admits them, and learn their peers from the operator.
    [', all pods at once', { queue: 'night' }],
  ])(
    'gives plausible figures by its own addresses%s',
    async (how, more) => {
      const own = `${name}${how === '' ? '' : '-together'}`;
      await space.create(own, pair(network, more));
      const run = await space.untilPhase(own, 'Succeeded', 120_000);
      expect(implausible(run)).toEqual([]);
      expect(addressesOf(run)).toEqual([expect.stringMatching(addresses), expect.stringMatching(addresses)]);
    },
    130_000,
  );
});

test('KP-17 the traffic goes over the cable of the attachment, and not over the other one', async () => {
  const cables = ['eth0', 'eth1'] as const;
  const before = await Promise.all(cables.map((cable) => receivedBy('n1', cable)));
  await space.create('counted', pair({ name: 'default/bridge', interface: 'fast' }));
  const run = await space.untilPhase('counted', 'Succeeded', 120_000);
  const after = await Promise.all(cables.map((cable) => receivedBy('n1', cable)));
  const [other = 0, own = 0] = after.map((bytes, index) => bytes - (before[index] ?? 0));
  const sent = run.status?.metrics?.find(({ name }) => name === 'transferred')?.value ?? Number.NaN;
  expect(own).toBeGreaterThan(sent);
  expect(other).toBeLessThan(sent / 10);
}, 130_000);

test.each<[string, BenchmarkSpec]>([
  ['fio', { fio: { runtime: '2s', size: '8Mi', direct: false, engine: 'psync', workers: 2 } }],
  ['iperf 2', { iperf: { version: 2, duration: '2s' } }],
])(
  'KP-17 %s goes over an attachment, too',
  async (title, spec) => {
    const name = title.replace(' ', '');
    await space.create(name, { ...spec, network: { name: 'default/bridge', interface: 'fast', ipFamily: 'IPv6' } });
    const run = await space.untilPhase(name, 'Succeeded', 120_000);
    expect(implausible(run)).toEqual([]);
    for (const ip of addressesOf(run)) expect(ip).toMatch(/^fd00:203:/);
  },
  130_000,
);

describe('KP-18 an MTU', () => {
  const jumbo = { name: 'default/bridge', interface: 'fast', mtu: 9000 };
  test.each<[string, Network]>([
    ['jumbo', jumbo],
    ['jumbo-ipv6', { ...jumbo, ipFamily: 'IPv6' }],
    ['usual', { mtu: 1500 }],
  ])(
    'that interface and path have is measured under: %s',
    async (name, network) => {
      const before = await mtus();
      await space.create(name, pair(network));
      expect(implausible(await space.untilPhase(name, 'Succeeded', 120_000))).toEqual([]);
      expect(await mtus()).toEqual(before);
    },
    130_000,
  );

  test('that the interface does not have fails the run', async () => {
    await space.create('narrow', pair({ name: 'default/macvlan', interface: 'net1', mtu: 9000 }));
    const { reason, message } = failureOf(await space.untilPhase('narrow', 'Failed', 120_000));
    expect([reason, message]).toEqual([
      'MTUMismatch',
      expect.stringContaining('interface net1 of the pod has an MTU of 1500, not the 9000'),
    ]);
  }, 130_000);

  test('that a part of the path does not have fails the run', async () => {
    await onNode('n1', ['ip', 'link', 'set', 'eth1', 'mtu', '1500']);
    try {
      await space.create('bottleneck', pair(jumbo));
      const { reason, message } = failureOf(await space.untilPhase('bottleneck', 'Failed', 120_000));
      expect([reason, message]).toEqual(['MTUMismatch', expect.stringMatching(/packets of 9000 bytes .* and server 0 at 10\.203\.1\./)]);
    } finally {
      await onNode('n1', ['ip', 'link', 'set', 'eth1', 'mtu', '9000']);
    }
  }, 130_000);
});

describe('an attachment that is not there', () => {
  test.each<[string, Network]>([
    ['beside', { name: 'nowhere', interface: 'net1' }],
    ['instead', { name: 'nowhere' }],
  ])(
    '%s: the run fails in time and names it',
    async (name, network) => {
      await space.create(name, pair(network, { timeouts: { pending: '10s' } }));
      const { reason, message } = failureOf(await space.untilPhase(name, 'Failed', 60_000));
      expect(reason).toBe('NetworkMissing');
      expect(message).toMatch(
        /network-attachment-definition \(nowhere\) in namespace .*; create the NetworkAttachmentDefinition, or correct/,
      );
    },
    70_000,
  );

  test('of another namespace is not even asked for', async () => {
    await space.create('foreign', pair({ name: 'kube-system/fast' }));
    const { reason, message } = failureOf(await space.untilPhase('foreign', 'Failed', 30_000));
    expect([reason, message]).toEqual(['NotAllowed', expect.stringContaining('policy.networks: [kube-system/fast]')]);
  }, 40_000);
});

test('the operator met no refusal and was not restarted', async () => {
  expect([await conduct.refused(), await conduct.restarts()]).toEqual([[], []]);
});
