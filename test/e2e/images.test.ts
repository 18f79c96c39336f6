import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { podSecurity } from '../../operator/backends/security.ts';
import { workloads } from '../../runners/registry.ts';
import { type Image, images } from '../cluster/images/images.ts';
import { RealCluster } from './real-cluster.ts';
import type { Space } from './space.ts';

// Every image under the restricted profile and on a root file system that is read only: as the user of our pods, and as one that a
// platform picks for a namespace.
const users = { own: podSecurity.runAsUser, picked: 1_000_660_000 };
type User = keyof typeof users;

const node = /^v24\./;
/** What is in an image, as it says itself. */
const contents: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  'assay-operator': {
    'node --version': node,
    'node /app/operator/main.ts --help': /^Usage: node operator\/main\.ts/,
    'node /app/cli/assay.js workloads': /^fio /m,
  },
  'assay-runner': { 'node --version': node },
  'assay-iperf': { 'node --version': node, 'iperf3 --version': /^iperf 3\.12 /, 'iperf --version': /^iperf version 2\.1\.8 / },
  'assay-fio': { 'node --version': node, 'fio --version': /^fio-3\.33$/m },
  'assay-pytorch': { 'node --version': node, '/usr/bin/python3 -B /app/runners/pyTorch/bench.py --version': /^PyTorch 1\.13\./ },
  'assay-mpi': {
    'node --version': node,
    'mpirun --version': /^mpirun \(Open MPI\) 4\.1\.4$/m,
    'ls /usr/bin/NPopenmpi': /^\/usr\/bin\/NPopenmpi$/m,
    ...(process.arch === 'x64' ? { 'mpiexec.hydra --version': /Version 2021\.15/ } : {}),
  },
  'assay-openfoam': {
    'node --version': node,
    'icoFoam -help': /^Using: OpenFOAM-\S* \(1912\)/m,
    'blockMesh -help': /^Usage: blockMesh/m,
    'decomposePar -help': /^Usage: decomposePar/m,
    'mpirun --version': /^mpirun \(Open MPI\) 4\.1\.4$/m,
    'time --version': /^time \(GNU Time\)/,
  },
  'assay-perftest': { 'node --version': node, 'ib_write_bw --version': /^Version: \S+/ },
};
const named = new Set(Object.values(workloads).map(({ image }) => image));
const runners = images.filter(({ name }) => named.has(name));

function container(name: string, image: string, user: number, command: object) {
  return {
    name,
    image,
    ...command,
    securityContext: { runAsUser: user, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
  };
}

/** One pod an image, with a container a user. */
function pod(name: string, image: string, command: object) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: {
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 0,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: Object.entries(users).map(([key, user]) => container(key, image, user, command)),
    },
  };
}

const waits = { command: ['node', '--eval', 'setInterval(() => {}, 1000)'] };
const taskless = (image: Image) => `${image.name}-taskless`;

let cluster: RealCluster;
let space: Space;

beforeAll(async () => {
  cluster = await RealCluster.connect();
  space = await cluster.space('images');
  const items = [
    ...images.map(({ name, reference }) => pod(name, reference, waits)),
    // As the image itself starts: tini and the agent.
    ...runners.map((image) => pod(taskless(image), image.reference, {})),
  ];
  await space.kubectl(['apply', '--filename', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  await space.wait(
    images.map(({ name }) => `pod/${name}`),
    'condition=Ready',
    150,
  );
  await space.wait(
    runners.map((image) => `pod/${taskless(image)}`),
    'jsonpath={.status.phase}=Failed',
    60,
  );
}, 240_000);

afterAll(() => cluster.close());

const cases = images.flatMap(({ name }) => (Object.keys(users) as User[]).map((user) => [name, user] as const));

describe.each(cases)('%s as the %s user', (name, user) => {
  const exec = () => ['exec', '--namespace', space.name, name, '--container', user, '--'];

  test.each(Object.entries(contents[name] ?? {}))('%s', async (command, says) => {
    // Some tools say their version on standard error, and end with 1.
    const { stdout, stderr } = await cluster.tryKubectl([...exec(), ...command.split(' ')]);
    expect(stdout + stderr).toMatch(says);
  });

  test('runs as that user', async () => {
    expect(await cluster.kubectl([...exec(), 'id', '--user'])).toBe(`${users[user]}\n`);
  });
});

test.each(images)('$name starts with what Node compiled when it was built', async ({ name }) => {
  const [main = '', ...words] = name === 'assay-operator' ? ['/app/operator/main.ts', '--help'] : ['/app/runners/agent/main.ts'];
  const threads = name === 'assay-operator' ? [] : ['--single-threaded'];
  const start = ['env', 'NODE_DEBUG_NATIVE=COMPILE_CACHE', 'node', ...threads, main, ...words];
  const { stdout, stderr } = await cluster.tryKubectl(['exec', '--namespace', space.name, name, '--container', 'own', '--', ...start]);
  expect(stdout + stderr).toContain(`V8 code cache for ESM file://${main} was accepted`);
});

describe.each(runners)('$name without a task', (image) => {
  test.each(Object.keys(users))('as the %s user, ends with what is wrong as its termination message', async (user) => {
    const status = `{.status.containerStatuses[?(@.name=="${user}")].state.terminated}`;
    const { exitCode, message } = JSON.parse(await space.kubectl(['get', 'pod', taskless(image), `--output=jsonpath=${status}`]));
    expect({ exitCode, message }).toEqual({ exitCode: 1, message: expect.stringMatching(/^BadTask: /) });
  });
});
