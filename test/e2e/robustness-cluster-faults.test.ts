import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { images } from '../cluster/images/images.ts';
import { layout } from '../cluster/layout.ts';
import { until } from '../integration/until.ts';
import { ended } from './command.ts';
import { RealCluster } from './real-cluster.ts';
import type { Space } from './space.ts';

// What tests do to the cluster through `attach()` has the effect that it says, and can be undone.
const port = 9999;
const megabit = 1_000_000;
// Counts what it is sent, and tells the rate in bit/s when its caller has finished.
const sink = `require('node:net').createServer({ allowHalfOpen: true }, (socket) => {
  let [bytes, start] = [0, performance.now()];
  socket.on('data', (data) => (bytes += data.length)).on('end', () => socket.end(String((bytes * 8) / ((performance.now() - start) / 1000)))).on('error', () => {});
}).listen(${port}, '::', () => console.log('listens'))`;
const source = (
  host: string,
  bytes: number,
) => `const socket = require('node:net').connect({ host: '${host}', port: ${port} }, () => socket.end(Buffer.alloc(${bytes})));
  socket.on('data', (data) => process.stdout.write(data)).on('error', () => process.exit(1)); setTimeout(() => process.exit(1), 20_000).unref();
  socket.setTimeout(2000, () => socket.connecting && process.exit(1));`;

jest.setTimeout(120_000);

let cluster: RealCluster;
let space: Space;
let server: ReturnType<typeof spawn>;

beforeAll(async () => {
  cluster = await RealCluster.connect();
  space = await cluster.space('faults');
  server = spawn('nsenter', [`--net=/run/netns/${layout(cluster.machine.name).nodes[1]?.network}`, process.execPath, '--eval', sink], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (server.stdout) await once(server.stdout, 'data');
});

afterEach(async () => {
  await second().link.up();
  await second().link.unlimit();
});

afterAll(async () => {
  server.kill('SIGKILL');
  await cluster.close();
});

function second() {
  const [, node] = cluster.machine.nodes;
  if (!node) throw new Error('the cluster has one node only');
  return node;
}

/** Rate at which the first node sends to the second, bit/s; undefined if it cannot. */
async function rate(host: string, bytes: number): Promise<number | undefined> {
  const network = `--net=/run/netns/${layout(cluster.machine.name).nodes[0]?.network}`;
  const { code, stdout } = await ended('nsenter', [network, process.execPath, '--eval', source(host, bytes)]);
  return code === 0 ? Number(stdout) : undefined;
}

/** Returns when kubectl has done it. */
async function succeeded(words: readonly string[]): Promise<void> {
  await until(`kubectl ${words.join(' ')}`, async () => ((await cluster.tryKubectl(words)).code === 0 ? true : undefined), 60_000);
}

const families = ['IPv4', 'IPv6'] as const;

test.each(families)('nothing gets through a link that is down, over %s, and everything once it is up', async (family) => {
  const host = second().addresses[family];
  expect(await rate(host, 1000)).toBeGreaterThan(0);
  await second().link.down();
  expect(await rate(host, 1000)).toBeUndefined();
  await second().link.up();
  expect(await rate(host, 1000)).toBeGreaterThan(0);
});

test.each(families)('a link that is limited carries that much and little less over %s, and more when it is free', async (family) => {
  const host = second().addresses[family];
  await second().link.limit(20 * megabit);
  const limited = await rate(host, 5e6);
  expect(limited).toBeLessThan(21 * megabit);
  expect(limited).toBeGreaterThan(16 * megabit);
  await second().link.unlimit();
  expect(await rate(host, 50e6)).toBeGreaterThan(100 * megabit);
});

test('containers outlive their containerd and their kubelet', async () => {
  const image = images.find(({ name }) => name === 'assay-runner')?.reference;
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'lasting' },
    spec: {
      nodeName: second().name,
      terminationGracePeriodSeconds: 0,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'idle',
          image,
          command: ['sleep', 'infinity'],
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        },
      ],
    },
  };
  await space.kubectl(['apply', '--filename', '-'], JSON.stringify(pod));
  await space.wait(['pod/lasting'], 'condition=Ready', 60);
  const started = '--output=jsonpath={.status.containerStatuses[0].state.running.startedAt} {.status.containerStatuses[0].restartCount}';
  const before = await space.kubectl(['get', 'pod', 'lasting', started]);
  for (const service of [second().containerd, second().kubelet]) {
    await service.stop('SIGKILL');
    expect(service.running()).toBe(false);
    await service.start();
  }
  // Both have to work for this.
  await succeeded(['--namespace', space.name, 'exec', 'lasting', '--', 'true']);
  expect(await space.kubectl(['get', 'pod', 'lasting', started])).toBe(before);
});

test('an API server that was killed comes back with everything that it knew', async () => {
  const before = await space.kubectl(['get', 'serviceaccount', 'default', '--output=jsonpath={.metadata.uid}']);
  await cluster.machine.apiServer.stop('SIGKILL');
  expect((await cluster.tryKubectl(['get', '--raw=/readyz'])).code).not.toBe(0);
  await cluster.machine.apiServer.start();
  await succeeded(['get', '--raw=/readyz']);
  expect(await space.kubectl(['get', 'serviceaccount', 'default', '--output=jsonpath={.metadata.uid}'])).toBe(before);
});
