// Every backend passes the same suite on real nodes, with the real controllers and schedulers of its add-on.
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Attempt, Benchmark, BenchmarkSpec } from '../../operator/api/types.ts';
import { until } from '../integration/until.ts';
import { type BackendCase, backendCases, runs } from './backend-cases.ts';
import { type Conduct, watchConduct } from './conduct.ts';
import { implausible } from './plausible.ts';
import { RealCluster } from './real-cluster.ts';
import { install } from './release.ts';
import type { Space } from './space.ts';

let cluster: RealCluster;
let conduct: Conduct;

jest.setTimeout(180_000);

beforeAll(async () => {
  cluster = await RealCluster.connect();
  await install(cluster, { backends: { volcano: true, jobSet: true } });
  conduct = await watchConduct(cluster);
}, 200_000);

afterAll(() => cluster?.close(), 60_000);

const attemptsOf = ({ status }: Benchmark): Attempt[] => status?.attempts ?? [];

async function evict(space: Space, name: string): Promise<void> {
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace: space.name } };
  const path = `/api/v1/namespaces/${space.name}/pods/${name}/eviction`;
  await space.kubectl(['create', '--raw', path, '--filename', '-'], JSON.stringify(eviction));
}

describe.each(backendCases)('backend $backend', ({ backend, kinds, gang, lacks }: BackendCase) => {
  let space: Space;
  const on = (spec: BenchmarkSpec): BenchmarkSpec => ({ ...spec, backend });

  beforeAll(async () => {
    space = await cluster.space(backend.toLowerCase());
  }, 60_000);

  async function untilNothingLeft(): Promise<void> {
    const look = async () => await space.kubectl(['get', kinds.join(','), '--output=name']);
    await until(
      `no ${kinds.join(', ')}`,
      async () => ((await look()) === '' ? true : undefined),
      60_000,
      () => space.evidence(),
    );
  }

  test('a pair measures between two nodes, and leaves nothing', async () => {
    await space.create('pair', on(runs.pair));
    const done = await space.untilPhase('pair', 'Succeeded', 90_000);
    expect(implausible(done)).toEqual([]);
    const [attempt] = attemptsOf(done);
    expect(new Set(attempt?.pods.map(({ node }) => node)).size).toBe(2);
    await untilNothingLeft();
  });

  test('a result that is larger than a termination message comes from the log', async () => {
    await space.create('large', on(runs.large));
    await space.untilPhase('large', 'Succeeded', 90_000);
    expect(await space.kubectl(['get', 'configmap', 'large-results', '--output=json'])).toContain('output');
  });

  test('workers and a client start together and end together', async () => {
    await space.create('workers', on(runs.workers));
    const [attempt] = attemptsOf(await space.untilPhase('workers', 'Succeeded', 90_000));
    expect(attempt?.pods).toHaveLength(4);
    await untilNothingLeft();
  });

  test('a tool that fails fails the run with its own reason', async () => {
    await space.create('failing', on(runs.failing));
    expect(attemptsOf(await space.untilPhase('failing', 'Failed', 90_000))).toMatchObject([{ reason: 'ToolFailed' }]);
    await untilNothingLeft();
  });

  test('an eviction ends the attempt, and the next one is another one', async () => {
    await space.create('evicted', on({ ...runs.long, retries: 1 }));
    const [attempt] = attemptsOf(await space.untilPhase('evicted', 'Running', 90_000));
    await evict(space, attempt?.pods.find(({ role }) => role === 'server')?.name ?? '');
    const look = async () => {
      const [first, second] = attemptsOf(await space.benchmark('evicted'));
      return second ? first : undefined;
    };
    const first = await until('a second attempt', look, 90_000, () => space.evidence());
    expect(first).toMatchObject({ outcome: 'Failed', reason: 'PodEvicted' });
    await space.patch('evicted', { cancel: true });
    await space.untilPhase('evicted', 'Cancelled', 90_000);
    await untilNothingLeft();
  });

  test('a run is suspended, resumed and cancelled', async () => {
    await space.create('paused', on(runs.long));
    await space.untilPhase('paused', 'Running', 90_000);
    await space.patch('paused', { suspend: true });
    await space.untilPhase('paused', 'Suspended', 90_000);
    await untilNothingLeft();
    await space.patch('paused', { suspend: false });
    await space.untilPhase('paused', 'Running', 90_000);
    await space.patch('paused', { cancel: true });
    expect(attemptsOf(await space.untilPhase('paused', 'Cancelled', 90_000)).map(({ outcome }) => outcome)).toEqual([
      'Suspended',
      'Cancelled',
    ]);
    await untilNothingLeft();
  });

  test('one that fits no node says why, in time, and gives back what it held', async () => {
    await space.create('large-pod', on(runs.tooLarge));
    const [attempt] = attemptsOf(await space.untilPhase('large-pod', 'Failed', 90_000));
    expect(attempt).toMatchObject({ reason: 'Unschedulable', message: expect.stringMatching(lacks) });
    // Of a gang no pod gets a node unless all do.
    if (gang) expect(attempt?.pods.filter(({ node }) => node !== undefined)).toEqual([]);
    await untilNothingLeft();
  });
});

test('the operator met no right that it lacks, and did not end', async () => {
  expect([await conduct.refused(), await conduct.restarts()]).toEqual([[], []]);
});
