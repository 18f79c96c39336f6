// MPI over two nodes under both launchers: without ssh or keys, in a namespace that is restricted.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Benchmark, BenchmarkSpec } from '../../operator/api/types.ts';
import { runToken } from '../../operator/backends/assignment.ts';
import type { Pod } from '../../operator/backends/pod.ts';
import { send } from '../cluster/processes/identity.ts';
import { until } from '../integration/until.ts';
import { type Conduct, watchConduct } from './conduct.ts';
import { implausible } from './plausible.ts';
import { processesOf } from './processes.ts';
import { RealCluster } from './real-cluster.ts';
import { install } from './release.ts';
import type { Space } from './space.ts';

let cluster: RealCluster;
let space: Space;
let conduct: Conduct;

beforeAll(async () => {
  cluster = await RealCluster.connect();
  space = await cluster.space('mpi');
  await install(cluster);
  conduct = await watchConduct(cluster);
}, 200_000);

afterAll(() => cluster?.close(), 60_000);

// Ranks that wait spin: on few cores every message waits for a turn.
const runs: readonly [name: string, spec: NonNullable<BenchmarkSpec['mpiPingPong']>][] = [
  ['netpipe', { tool: 'NetPIPE', maxMessageLog: 12, extraArgs: ['-n', '10'] }],
  ['imb', { tool: 'IMB', maxMessageLog: 12, extraArgs: ['-iter', '20', '-time', '60'] }],
  [
    'imb-many',
    {
      tool: 'IMB',
      benchmarks: ['sendrecv', 'allreduce'],
      processesPerNode: 2,
      maxMessageLog: 6,
      extraArgs: ['-iter', '10', '-time', '60'],
    },
  ],
];
const seen = new Map<string, Pod[]>();

async function bothPods(name: string): Promise<Pod[] | undefined> {
  const own = (await space.pods()).filter(({ metadata }) => metadata.labels?.['assay.dev/benchmark'] === name);
  return own.length === 2 ? own : undefined;
}

describe.each(runs)('%s', (name, mpiPingPong) => {
  let run: Benchmark;

  beforeAll(async () => {
    await space.create(name, { mpiPingPong });
    seen.set(name, await until('both pods', () => bothPods(name), 60_000));
    run = await space.untilPhase(name, 'Succeeded', 280_000);
  }, 300_000);

  test('KP-2 gives plausible figures', () => {
    expect(implausible(run)).toEqual([]);
  });

  test('KP-2 runs on two nodes, with a launcher on one of them', () => {
    const pods = run.status?.attempts?.at(-1)?.pods ?? [];
    expect(pods.map(({ role }) => role).toSorted()).toEqual(['launcher', 'worker']);
    expect(new Set(pods.map(({ node }) => node)).size).toBe(2);
  });

  test('KP-49 its pods share a token that they were given', () => {
    const tokens = (seen.get(name) ?? []).map(runToken);
    expect(tokens).toHaveLength(2);
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).toMatch(/^[0-9a-f]{64}$/);
  });
});

test('KP-49 no two runs share a token', () => {
  const tokens = [...seen.values()].map(([pod]) => pod && runToken(pod));
  expect(new Set(tokens).size).toBe(runs.length);
});

test('KP-49 the image has no key and no sshd', async () => {
  const image = seen.get('netpipe')?.[0]?.spec.containers[0]?.image ?? '';
  await space.create('look', { sleep: { duration: '5m' }, pod: { image } });
  await space.untilPhase('look', 'Running', 60_000);
  // The last name is there: it shows that the search went through the image.
  const names = ['ssh_host_*', 'id_rsa*', 'id_ed25519*', 'id_ecdsa*', 'id_dsa*', 'authorized_keys', 'sshd', 'connect.ts'];
  const search = ['find', '/', '-xdev', ...names.flatMap((name, index) => (index > 0 ? ['-o', '-name', name] : ['-name', name]))];
  const { stdout } = await cluster.tryKubectl(['--namespace', space.name, 'exec', 'look-sleeper-0', '--', ...search]);
  await space.patch('look', { cancel: true });
  expect(stdout.trim()).toBe('/app/runners/launch/connect.ts');
}, 120_000);

const ranksOf = (pod: Pod) => processesOf(pod, 'NPopenmpi');
const daemonsOf = (pod: Pod) => processesOf(pod, 'orted');

async function podOf(name: string): Promise<Pod> {
  return await space.untilPod(name, ({ metadata }) => metadata.name === name);
}

async function untilTrue(what: string, holds: () => boolean): Promise<void> {
  await until(what, () => Promise.resolve(holds() || undefined), 60_000);
}

describe('a launcher that is killed', () => {
  let worker: Pod;

  beforeAll(async () => {
    await space.create('killed', { mpiPingPong: { tool: 'NetPIPE', extraArgs: ['-n', '1000000'] }, cleanup: { pods: 'Never' } });
    await space.untilPhase('killed', 'Running', 60_000);
    worker = await podOf('killed-worker-0');
    await untilTrue('the ranks on the other node', () => ranksOf(worker).length > 0);
    const launched = processesOf(await podOf('killed-launcher-0'), 'mpirun');
    expect(launched).not.toEqual([]);
    for (const one of launched) send(one, 'SIGKILL');
  }, 150_000);

  test('fails its run with a reason', async () => {
    const run = await space.untilPhase('killed', 'Failed', 60_000);
    expect(run.status?.attempts?.at(-1)).toMatchObject({
      reason: 'ToolCrashed',
      message: expect.stringContaining('mpirun was ended by SIGKILL'),
    });
  }, 70_000);

  test('leaves no daemon and no rank on the other node', async () => {
    await untilTrue('the end of the daemon and its ranks', () => [...daemonsOf(worker), ...ranksOf(worker)].length === 0);
  }, 40_000);
});

test('a worker that is killed ends the run in bounded time', async () => {
  await space.create('orphaned', { mpiPingPong: { tool: 'NetPIPE', extraArgs: ['-n', '1000000'] } });
  await space.untilPhase('orphaned', 'Running', 60_000);
  const worker = await podOf('orphaned-worker-0');
  await untilTrue('the daemon on the other node', () => daemonsOf(worker).length > 0);
  for (const one of daemonsOf(worker)) send(one, 'SIGKILL');
  const { status } = await space.untilPhase('orphaned', 'Failed', 60_000);
  // Open MPI itself may crash when it loses a daemon.
  expect(status?.attempts?.at(-1)?.reason).toMatch(/^(PeerUnreachable|ToolFailed|ToolCrashed)$/);
}, 150_000);

test('the operator met no refusal and was not restarted', async () => {
  expect([await conduct.refused(), await conduct.restarts()]).toEqual([[], []]);
});
