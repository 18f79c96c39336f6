// Sweeps on the cluster as a user sees them, and as they end when the operator dies in the middle.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Assay, nap } from '../integration/assay.ts';
import { nodes } from '../../operator/kube/object.ts';
import { send } from '../cluster/processes/identity.ts';
import { type Conduct, watchConduct } from './conduct.ts';
import { leader } from './leadership.ts';
import { blemishes, madeTwice, naps, untilMidway } from './ledger.ts';
import { implausible } from './plausible.ts';
import { RealCluster } from './real-cluster.ts';
import { install, operatorName, releaseNamespace } from './release.ts';
import type { Space } from './space.ts';

const assay = new Assay();
let cluster: RealCluster;
let space: Space;
let conduct: Conduct;
/** Options of the command line that lead to the cluster. */
let access: string[];

beforeAll(async () => {
  cluster = await RealCluster.connect();
  await install(cluster);
  conduct = await watchConduct(cluster);
  space = await cluster.space('sets');
  access = ['--kubeconfig', cluster.machine.kubeconfig, '-n', space.name];
}, 240_000);

afterAll(async () => {
  assay.remove();
  await cluster?.close();
}, 60_000);

const sweep = {
  apiVersion: 'assay.dev/v1alpha1',
  kind: 'BenchmarkSet',
  metadata: { name: 'sweep' },
  spec: {
    template: { spec: { placement: { exclusive: 'None' } } },
    matrix: { product: { 'sleep.duration': ['1s', '2s'] } },
    repetitions: 3,
    parallelism: 3,
  },
};

describe('a sweep by the command line', () => {
  test('assay run follows it to its end and prints what was measured', async () => {
    const run = await assay.run(['run', assay.file('sweep.yaml', sweep), ...access, '-o', 'json']);
    expect(run).toMatchObject({ code: 0, stderr: expect.stringContaining(`namespace ${space.name}`) });
    const { cells } = JSON.parse(run.stdout) as {
      cells: { coordinates: object; runs: object; metrics: Record<string, { n: number; min: number }> }[];
    };
    expect(cells.map(({ coordinates, runs, metrics }) => [coordinates, runs, metrics['measuredTime']?.n])).toMatchObject([
      [{ 'sleep.duration': '1s' }, { planned: 3, counted: 3 }, 3],
      [{ 'sleep.duration': '2s' }, { planned: 3, counted: 3 }, 3],
    ]);
  }, 120_000);

  test('each figure is one that its member measured', async () => {
    const members = await space.benchmarks();
    expect([members.length, members.flatMap(implausible), blemishes(members)]).toEqual([6, [], []]);
  });

  test.each([
    ['results', /^BenchmarkSet sweep: Succeeded, 6 of 6 runs counted/],
    ['why', /^BenchmarkSet sweep: Succeeded\nFinished: 2 of 2 cells/],
  ])(
    'assay %s',
    async (command, words) => {
      expect((await assay.run([command, 'sweep', ...access])).stdout).toMatch(words);
    },
    30_000,
  );

  test('why quotes the scheduler of the cluster', async () => {
    const nowhere = nap('1s', 'nowhere', { placement: { nodeSelector: { disk: 'none' }, exclusive: 'None' }, timeouts: { pending: '5s' } });
    const { code } = await assay.run(['run', assay.file('nowhere.yaml', nowhere), ...access]);
    const { stdout } = await assay.run(['why', 'nowhere', ...access]);
    expect([code, stdout]).toEqual([2, expect.stringContaining("2 node(s) didn't match Pod's node affinity/selector")]);
  }, 60_000);

  test('Ctrl-C cancels the run in the cluster and leaves no pod', async () => {
    const run = assay.start(['run', assay.file('long.yaml', nap('5m', 'long', { placement: { exclusive: 'None' } })), ...access]);
    await run.said('long  Running');
    run.child.kill('SIGINT');
    expect((await run.ended).code).toBe(2);
    await space.untilPhase('long', 'Cancelled');
    await space.untilNoPods(60_000);
  }, 130_000);
});

describe('a sweep by kubectl', () => {
  test('kubectl wait returns when it is Complete, and kubectl get has its columns', async () => {
    const applied = { ...sweep, metadata: { name: 'applied' } };
    await space.kubectl(['apply', '--filename', '-'], JSON.stringify(applied));
    await space.wait(['bms/applied'], 'condition=Complete', 90);
    const [head = '', row = ''] = (await space.kubectl(['get', 'bms', 'applied', '--output', 'wide'])).split('\n');
    expect([head.split(/ {2,}/).map((word) => word.trim()), row]).toEqual([
      ['NAME', 'PHASE', 'DONE', 'FAILED', 'CELLS', 'REPETITIONS', 'STARTED', 'FINISHED', 'SUMMARY', 'AGE'],
      expect.stringMatching(/^applied +Succeeded +6\/6 +0 +2 +3 +\d+\w+ +\d+\w+ +2 of 2 cells.* +\d+\w+/),
    ]);
  }, 120_000);

  test('KP-26 every pair of the nodes runs once, its server and client where they belong', async () => {
    const template = { spec: { iperf: { duration: '1s' } } };
    await space.createSet('pairs', { template, matrix: { nodes: {} } });
    await space.wait(['bms/pairs'], 'condition=Complete', 90);
    const members = (await space.benchmarks()).filter(({ metadata }) => metadata.labels?.['assay.dev/set'] === 'pairs');
    const ran = members.map(({ status }) =>
      status?.attempts
        ?.at(-1)
        ?.pods.map(({ role, node }) => `${role} ${node}`)
        .toSorted(),
    );
    const [a, b] = (await cluster.client.list(nodes)).items.map(({ metadata }) => metadata.name).toSorted();
    expect(ran.toSorted((one, other) => String(one).localeCompare(String(other)))).toEqual([
      [`client ${a}`, `server ${b}`],
      [`client ${b}`, `server ${a}`],
    ]);
    expect((await space.summary('pairs-results')).pairs).toEqual(['placement.nodes.server', 'placement.nodes.client']);
  }, 120_000);

  test('deleting a set in its middle deletes members, pods and results', async () => {
    await space.createSet('dropped', naps(4, '20s'));
    await space.untilPod(
      'a pod of the set',
      ({ metadata, status }) => metadata.name.startsWith('dropped-') && status?.phase === 'Running',
      60_000,
    );
    await space.kubectl(['delete', 'bms', 'dropped']);
    await space.untilNoPods(60_000);
    expect(await space.kubectl(['get', 'bm,configmaps', '--output', 'name'])).not.toContain('dropped');
  }, 150_000);

  test('until here the operator met no refusal and was not restarted', async () => {
    expect([await conduct.refused(), await conduct.restarts()]).toEqual([[], []]);
  });
});

describe('a set whose operator dies in the middle', () => {
  // Long enough to be still running when the next operator looks.
  const count = 6;

  const killings: [string, () => Promise<void>][] = [
    [
      'its pod is deleted without grace',
      async () => {
        const { pod } = await leader(cluster);
        await cluster.kubectl(['delete', 'pod', pod.metadata.name, '--namespace', releaseNamespace, '--force', '--grace-period=0']);
      },
    ],
    [
      'its process is killed',
      async () => {
        const { process } = await leader(cluster);
        send(process, 'SIGKILL');
      },
    ],
  ];

  test.each(killings)(
    '%s: no member is lost or run twice',
    async (what, kill) => {
      const name = `killed-${killings.findIndex(([other]) => other === what)}`;
      await space.createSet(name, naps(count, '4s'));
      await untilMidway(space, name);
      await kill();
      await cluster.kubectl(['rollout', 'status', `deployment/${operatorName}`, '--namespace', releaseNamespace, '--timeout=90s']);
      await space.untilSetPhase(name, 'Succeeded', 180_000);
      const members = (await space.benchmarks()).filter(({ metadata }) => metadata.labels?.['assay.dev/set'] === name);
      expect([members.length, blemishes(members), await madeTwice(space)]).toEqual([count, [], []]);
      expect((await space.summary(`${name}-results`)).runs).toMatchObject({ planned: count, counted: count });
    },
    300_000,
  );

  test('the operators met no refusal', async () => {
    expect(await conduct.refused()).toEqual([]);
  });
});
