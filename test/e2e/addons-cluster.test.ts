import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { images } from '../cluster/images/images.ts';
import { RealCluster } from './real-cluster.ts';
import type { Space } from './space.ts';

// The cluster's add-ons themselves, without anything of Assay.
const image = images.find(({ name }) => name === 'assay-runner')?.reference;

function podSpec(script: string, more: object = {}) {
  const container = {
    name: 'main',
    image,
    command: ['node', '--eval', script],
    resources: { requests: { cpu: '1m' } },
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  };
  return {
    restartPolicy: 'Never',
    terminationGracePeriodSeconds: 0,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [{ ...container, ...more }],
  };
}

/** A Volcano Job of two pods. @param cpu what each asks for */
function gang(name: string, cpu: string) {
  const template = { spec: podSpec('', { resources: { requests: { cpu } } }) };
  return {
    apiVersion: 'batch.volcano.sh/v1alpha1',
    kind: 'Job',
    metadata: { name },
    spec: { schedulerName: 'volcano', queue: 'default', minAvailable: 2, maxRetry: 1, tasks: [{ name: 'member', replicas: 2, template }] },
  };
}

const jobPhase = (value: string) => `jsonpath={.status.state.phase}=${value}`;

function jobSet(name: string, suspend: boolean) {
  const job = { spec: { parallelism: 2, completions: 2, template: { spec: podSpec('') } } };
  return {
    apiVersion: 'jobset.x-k8s.io/v1alpha2',
    kind: 'JobSet',
    metadata: { name },
    spec: { suspend, replicatedJobs: [{ name: 'role', template: job }] },
  };
}

jest.setTimeout(120_000);

let cluster: RealCluster;
let space: Space;

beforeAll(async () => {
  cluster = await RealCluster.connect();
  space = await cluster.space('addons');
}, 60_000);

afterAll(() => cluster?.close());

async function apply(...items: object[]): Promise<void> {
  await space.kubectl(['apply', '--filename', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
}

async function valueOf(object: string, path: string): Promise<string> {
  return await space.kubectl(['get', object, `--output=jsonpath={${path}}`]);
}

describe('Volcano', () => {
  test('runs a gang to its end', async () => {
    await apply(gang('fits', '1m'));
    await space.wait(['vcjob/fits'], jobPhase('Completed'), 60);
  });

  test('makes no pod of a gang that does not fit, and says so at its group', async () => {
    await apply(gang('large', '1000'));
    await space.wait(['vcjob/large'], jobPhase('Pending'), 30);
    const group = `podgroups.scheduling.volcano.sh/large-${await valueOf('vcjob/large', '.metadata.uid')}`;
    await space.wait([group], 'condition=Unschedulable', 30);
    expect(await space.kubectl(['get', 'pods', '--selector=volcano.sh/job-name=large', '--output=name'])).toBe('');
  });

  test('places nothing while its scheduler is stopped, and goes on when it is back', async () => {
    const scheduler = cluster.machine.addOn('vc-scheduler');
    await scheduler.stop();
    try {
      await apply(gang('waits', '1m'));
      await space.wait(['vcjob/waits'], jobPhase('Pending'), 30);
      await pause(3000);
      expect(await valueOf('vcjob/waits', '.status.state.phase')).toBe('Pending');
    } finally {
      await scheduler.start();
    }
    await space.wait(['vcjob/waits'], jobPhase('Completed'), 60);
  });
});

describe('JobSet', () => {
  test('runs to its end', async () => {
    await apply(jobSet('runs', false));
    await space.wait(['jobset/runs'], 'condition=Completed', 60);
  });

  test('a suspended one starts when it is resumed', async () => {
    await apply(jobSet('later', true));
    await space.wait(['jobset/later'], 'condition=Suspended', 30);
    await space.kubectl(['patch', 'jobset/later', '--type=merge', '--patch={"spec":{"suspend":false}}']);
    await space.wait(['jobset/later'], 'condition=Completed', 60);
  });
});

describe('Multus', () => {
  const port = 8080;
  const server = `require('node:http').createServer((_, reply) => reply.end(process.env.HOSTNAME)).listen(${port}, '::', () => console.log('listens'))`;
  const networks = JSON.stringify([
    { name: 'macvlan', namespace: 'default', interface: 'net1' },
    { name: 'bridge', namespace: 'default', interface: 'fast' },
  ]);
  const more = {
    readinessProbe: {
      exec: {
        command: [
          'node',
          '--eval',
          `require('node:net').connect(${port}).once('error', () => process.exit(1)).once('connect', () => process.exit())`,
        ],
      },
      periodSeconds: 1,
      timeoutSeconds: 10,
    },
  };
  const pod = (name: string, node: string, annotations: Record<string, string>) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, annotations },
    spec: { ...podSpec(server, more), nodeName: node },
  });

  interface Attached {
    interface: string;
    ips: string[];
    mtu?: number;
  }

  async function attached(name: string, network: string): Promise<Attached | undefined> {
    const status = await valueOf(`pod/${name}`, String.raw`.metadata.annotations.k8s\.v1\.cni\.cncf\.io/network-status`);
    return (JSON.parse(status) as Attached[]).find((each) => each.interface === network);
  }

  beforeAll(async () => {
    await apply(
      pod('first', 'n1', { 'k8s.v1.cni.cncf.io/networks': networks }),
      pod('second', 'n2', { 'k8s.v1.cni.cncf.io/networks': networks }),
      pod('instead', 'n2', { 'v1.multus-cni.io/default-network': 'default/macvlan' }),
      pod('plain', 'n2', {}),
    );
    await space.wait(['pod/first', 'pod/second', 'pod/instead', 'pod/plain'], 'condition=Ready', 90);
  });

  test.each([
    ['net1', 'IPv4', /^10\.202\.2\./],
    ['net1', 'IPv6', /^fd00:202:2:/],
    ['fast', 'IPv4', /^10\.203\.2\./],
    ['fast', 'IPv6', /^fd00:203:2:/],
  ])('a pod reaches one on the other node over %s and %s', async (network, _, range) => {
    const { ips = [] } = (await attached('second', network)) ?? {};
    const address = ips.find((ip) => range.test(ip)) ?? '';
    expect(address).toMatch(range);
    const url = `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
    const ask = `fetch('${url}', { signal: AbortSignal.timeout(10_000) }).then((r) => r.text()).then((t) => process.stdout.write(t))`;
    expect(await space.kubectl(['exec', 'first', '--', 'node', '--eval', ask])).toBe('second');
  });

  test('the second cable carries jumbo frames', async () => {
    expect(await space.kubectl(['exec', 'first', '--', 'cat', '/sys/class/net/fast/mtu', '/sys/class/net/net1/mtu'])).toBe('9000\n1500\n');
  });

  test('a network may stand in place of the pod’s own', async () => {
    expect(await valueOf('pod/instead', '.status.podIP')).toMatch(/^10\.202\.2\./);
  });

  test('a pod that asks for nothing has what pods have', async () => {
    expect(await valueOf('pod/plain', '.status.podIPs[*].ip')).toMatch(/^10\.201\.2\.\d+ fd00:201:2:\S+$/);
    expect(await space.kubectl(['exec', 'plain', '--', 'ls', '/sys/class/net'])).toBe('eth0\nlo\n');
  });
});
