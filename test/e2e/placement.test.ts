// Where pods run, and who runs beside them, as the real scheduler does it on two nodes.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Attempt, Benchmark, BenchmarkSpec } from '../../operator/api/types.ts';
import { until } from '../integration/until.ts';
import { type Conduct, watchConduct } from './conduct.ts';
import { RealCluster } from './real-cluster.ts';
import { install } from './release.ts';
import type { Space } from './space.ts';

let cluster: RealCluster;
let conduct: Conduct;
let space: Space;
/** Of somebody else. */
let other: Space;

beforeAll(async () => {
  cluster = await RealCluster.connect();
  [space, other] = [await cluster.space('placement'), await cluster.space('neighbour')];
  await install(cluster);
  conduct = await watchConduct(cluster);
}, 200_000);

afterAll(() => cluster?.close(), 60_000);

const podsOf = ({ status }: Benchmark): Attempt['pods'] => status?.attempts?.at(-1)?.pods ?? [];
/** Of its pods, in alphabetical order. */
const nodesOf = (run: Benchmark) => namesOf(podsOf(run));
const namesOf = (pods: Attempt['pods']) => pods.map(({ node = '' }) => node).toSorted();

/** While `work` goes on, node n1 is marked: `label` and `taint` are subcommands of kubectl, `mark` is undone by a dash behind its name. */
async function marked(verb: 'label' | 'taint', mark: string, work: () => Promise<void>): Promise<void> {
  await cluster.kubectl([verb, 'nodes', 'n1', mark]);
  try {
    await work();
  } finally {
    await cluster.kubectl([verb, 'nodes', 'n1', `${mark.split(/[=:]/)[0]}-`]);
  }
}

describe('KP-21 a pair', () => {
  const iperf = { duration: '1s' };

  test('runs on different nodes', async () => {
    await space.create('apart', { iperf });
    expect(nodesOf(await space.untilPhase('apart', 'Succeeded', 120_000))).toEqual(['n1', 'n2']);
  }, 130_000);

  test('that has only one node says why it waits, and starts when there is another', async () => {
    await cluster.kubectl(['cordon', 'n2']);
    try {
      await space.create('waits', { iperf });
      const why = async () => {
        const { status } = await space.benchmark('waits');
        return status?.conditions?.find(({ type, reason }) => type === 'Reconciling' && reason === 'Unschedulable')?.message;
      };
      const message = await until('the reason why it waits', why, 60_000, () => space.evidence());
      expect(message).toMatch(/0\/2 nodes are available.*unschedulable.*; free a node/s);
    } finally {
      await cluster.kubectl(['uncordon', 'n2']);
    }
    await space.untilPhase('waits', 'Succeeded', 120_000);
  }, 200_000);
});

describe('KP-22 replicas', () => {
  test('4 workers on 2 nodes are 2 and 2', async () => {
    await space.create('spread', { fio: { runtime: '1s', size: '4Mi', direct: false, engine: 'psync', workers: 4 } });
    const run = await space.untilPhase('spread', 'Succeeded', 120_000);
    expect(namesOf(podsOf(run).filter(({ role }) => role === 'worker'))).toEqual(['n1', 'n1', 'n2', 'n2']);
  }, 130_000);

  test.each([
    ['label', 'node-role.kubernetes.io/control-plane='],
    ['taint', 'node-role.kubernetes.io/control-plane:NoSchedule'],
  ] as const)(
    'a control-plane node, by its %s, is not taken',
    async (verb, mark) => {
      // Whoever wanted the other node for itself has left it.
      await space.untilNoPods(60_000);
      await marked(verb, mark, async () => {
        const names = [1, 2, 3].map((index) => `${verb}-${index}`);
        for (const name of names) await space.create(name, { sleep: { duration: '1s' }, placement: { exclusive: 'None' } });
        for (const name of names) expect(nodesOf(await space.untilPhase(name, 'Succeeded', 60_000))).toEqual(['n2']);
      });
    },
    130_000,
  );
});

describe('KP-23 placement', () => {
  const sleep = { duration: '1s' };
  const term = { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In' as const, values: ['n1'] }] };

  test.each<[string, BenchmarkSpec]>([
    ['role', { sleep, placement: { nodes: { sleeper: 'n1' } } }],
    ['selector', { sleep, placement: { nodeSelector: { 'kubernetes.io/hostname': 'n1' } } }],
    [
      'affinity',
      {
        sleep,
        placement: { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] } } } },
      },
    ],
  ])(
    'by %s is heeded',
    async (name, spec) => {
      await space.create(`by-${name}`, spec);
      expect(nodesOf(await space.untilPhase(`by-${name}`, 'Succeeded', 60_000))).toEqual(['n1']);
    },
    70_000,
  );

  test('on a tainted node needs a toleration', async () => {
    await marked('taint', 'example.com/only=bench:NoSchedule', async () => {
      const onIt = { nodes: { sleeper: 'n1' } };
      await space.create('refused', { sleep, placement: onIt, timeouts: { pending: '5s' } });
      const tolerations = [{ key: 'example.com/only', operator: 'Exists' as const }];
      await space.create('tolerates', { sleep, placement: { ...onIt, exclusive: 'None', tolerations } });
      const { status } = await space.untilPhase('refused', 'Failed', 60_000);
      expect(status?.conditions?.find(({ type }) => type === 'Failed')?.reason).toBe('Unschedulable');
      expect(nodesOf(await space.untilPhase('tolerates', 'Succeeded', 60_000))).toEqual(['n1']);
    });
  }, 130_000);
});

describe('KP-24 three pairs of two namespaces and one pair of nodes', () => {
  let runs: Benchmark[];

  beforeAll(async () => {
    // The first one fails: it would measure for much longer than it may run.
    await space.create('first', { iperf: { duration: '1m' }, timeouts: { running: '4s' } });
    // Creation is told in whole seconds.
    await space.untilPod('the first has begun', ({ metadata }) => metadata.name.startsWith('first-'));
    await other.create('second', { iperf: { duration: '3s' } });
    await space.create('third', { iperf: { duration: '3s' } });
    runs = [
      await space.untilPhase('first', 'Failed', 120_000),
      await other.untilPhase('second', 'Succeeded', 120_000),
      await space.untilPhase('third', 'Succeeded', 120_000),
    ];
  }, 300_000);

  test('each have both nodes', () => {
    for (const run of runs) expect(nodesOf(run)).toEqual(['n1', 'n2']);
  });

  test('one after the other, in the order in which they came', () => {
    const attempts = runs.flatMap(({ status }) => status?.attempts ?? []);
    const [first] = attempts;
    // An attempt begins with its pods, which may wait for the nodes; its tools begin when they have them.
    const windows = runs.slice(1).flatMap(({ status }) => [status?.window?.startedAt, status?.window?.finishedAt]);
    const times = [first?.startedAt, first?.finishedAt, ...windows].map((time = '') => Date.parse(time));
    expect(times.filter(Number.isFinite)).toHaveLength(6);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });
});

test('the operator met no refusal and was not restarted', async () => {
  expect([await conduct.refused(), await conduct.restarts()]).toEqual([[], []]);
});
