import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { images } from '../cluster/images/images.ts';
import { layout } from '../cluster/layout.ts';
import { ended } from './command.ts';
import { RealCluster } from './real-cluster.ts';
import type { Space } from './space.ts';

// The cluster itself, without anything of Assay: pods on both nodes, their network, names, Services, logs and exec.
const port = 8080;
const image = images.find(({ name }) => name === 'assay-runner')?.reference;
// Tells who answers, to callers of both families.
const server = `require('node:http').createServer((_, reply) => reply.end(process.env.HOSTNAME)).listen(${port}, '::', () => console.log('listens'))`;

function pod(name: string, node: string) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { app: name } },
    spec: {
      nodeName: node,
      terminationGracePeriodSeconds: 0,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'server',
          image,
          command: ['node', '--eval', server],
          readinessProbe: { tcpSocket: { port }, periodSeconds: 1 },
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        },
      ],
    },
  };
}

const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'second' },
  spec: { selector: { app: 'second' }, ports: [{ port, protocol: 'TCP' }], ipFamilyPolicy: 'RequireDualStack' },
};

jest.setTimeout(60_000);

let cluster: RealCluster;
let space: Space;

beforeAll(async () => {
  cluster = await RealCluster.connect();
  space = await cluster.space('cluster');
  const list = { apiVersion: 'v1', kind: 'List', items: [pod('first', 'n1'), pod('second', 'n2'), service] };
  await space.kubectl(['apply', '--filename', '-'], JSON.stringify(list));
  await space.wait(['pod', '--all'], 'condition=Ready', 60);
}, 120_000);

afterAll(() => cluster.close());

/** What a script prints in the first pod, which is on the first node. */
async function inFirst(script: string): Promise<string> {
  return await space.kubectl(['exec', 'first', '--', 'node', '--eval', script]);
}

/** Who answers at an address or name. */
async function answerOf(host: string): Promise<string> {
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return await inFirst(
    `fetch('${url}', { signal: AbortSignal.timeout(10_000) }).then((r) => r.text()).then((t) => process.stdout.write(t))`,
  );
}

async function jsonOf(object: string, path: string): Promise<unknown> {
  return JSON.parse(await space.kubectl(['get', object, `--output=jsonpath={${path}}`]));
}

const families = [
  ['IPv4', 0, /^10\.201\.2\./, /^10\.96\./],
  ['IPv6', 1, /^fd00:201:2:/, /^fd00:96::/],
] as const;

test.each(families)('a pod reaches one on the other node over %s', async (_, index, range, _services) => {
  const addresses = (await jsonOf('pod/second', '.status.podIPs')) as { ip: string }[];
  const address = addresses[index]?.ip ?? '';
  expect(address).toMatch(range);
  expect(await answerOf(address)).toBe('second');
});

test.each(families)('a Service answers at its %s address', async (_, index, _pods, range) => {
  const addresses = (await jsonOf('service/second', '.spec.clusterIPs')) as string[];
  const address = addresses[index] ?? '';
  expect(address).toMatch(range);
  expect(await answerOf(address)).toBe('second');
});

test('a Service answers at its name, short and full', async () => {
  expect(await answerOf('second')).toBe('second');
  expect(await answerOf(`second.${space.name}.svc.cluster.local`)).toBe('second');
});

test('a pod reaches the API server as its namespace’s account', async () => {
  const [host, token] = ['kubernetes.default.svc', '/var/run/secrets/kubernetes.io/serviceaccount'];
  const said = await inFirst(`
    const { readFileSync: read } = require('node:fs');
    const options = { agent: false, host: '${host}', path: '/api', ca: read('${token}/ca.crt'), headers: { authorization: 'Bearer ' + read('${token}/token', 'utf8') } };
    require('node:https').get(options, (reply) => process.stdout.write(String(reply.resume().statusCode)));
  `);
  expect(said).toBe('200');
});

test('logs are what the container wrote', async () => {
  expect(await space.kubectl(['logs', 'second'])).toBe('listens\n');
});

test('the exit code of a command in a container is kubectl’s', async () => {
  const { code } = await cluster.tryKubectl(['--namespace', space.name, 'exec', 'second', '--', 'node', '--eval', 'process.exit(7)']);
  expect(code).toBe(7);
});

test.each(layout('any').nodes.map(({ name }) => name))('what %s writes is not on the machine', async (name) => {
  const node = layout(cluster.machine.name).nodes.find((other) => other.name === name);
  if (!node) throw new Error(`no node ${name}`);
  const touch = (path: string) => ended('nsenter', [`--mount=${node.mountNamespace}`, 'touch', path]);
  for (const path of ['/etc/mark', '/usr/mark', '/opt/mark']) {
    const { code, stderr } = await touch(path);
    expect([code, stderr]).toEqual([1, expect.stringContaining('Read-only file system')]);
  }
  for (const path of ['/run/mark', '/tmp/mark', '/var/mark']) {
    expect((await touch(path)).code).toBe(0);
    expect(existsSync(path)).toBe(false);
  }
});
