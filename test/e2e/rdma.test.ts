// The RDMA workloads with the true programs, on nodes without an RDMA card: where their right is granted they run, and say what is missing.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { Benchmark } from '../../operator/api/types.ts';
import { root } from '../cluster/images/images.ts';
import { hardwareExamples } from '../integration/hardware-examples.ts';
import { type Conduct, watchConduct } from './conduct.ts';
import { RealCluster } from './real-cluster.ts';
import { install } from './release.ts';
import type { Space } from './space.ts';

const cases = Object.entries(hardwareExamples).map(([file, reason]) => {
  const { metadata } = parse(readFileSync(join(root, 'examples', file), 'utf8')) as Benchmark;
  return { file, reason, name: metadata.name ?? '' };
});

let cluster: RealCluster;
let conduct: Conduct;
let allowed: Space;
let closed: Space;

beforeAll(async () => {
  cluster = await RealCluster.connect();
  // Pod security's strictest level admits no added capability, so the namespace of RDMA is of another.
  [allowed, closed] = [await cluster.space('rdma', {}), await cluster.space('no-rdma')];
  await install(cluster, { policy: { namespaces: { [allowed.name]: { capabilities: ['IPC_LOCK'] } } } });
  conduct = await watchConduct(cluster);
  for (const { file } of cases) {
    for (const space of [allowed, closed]) await space.kubectl(['apply', '--filename', join(root, 'examples', file)]);
  }
}, 240_000);

afterAll(() => cluster?.close(), 60_000);

describe.each(cases)('KP-4 KP-5 examples/$file', ({ name, reason }) => {
  test(`fails as ${reason} by what the program says, with what to install`, async () => {
    const { status } = await allowed.untilPhase(name, 'Failed', 180_000);
    expect(status?.conditions?.find(({ type }) => type === 'Failed')).toMatchObject({
      reason,
      message: expect.stringMatching(/Unable to find the Infiniband\/RoCE device.*rdma-core.*spec\.pod\.resources\.limits/s),
    });
    expect(status?.metrics).toBeUndefined();
  }, 190_000);

  test('has one attempt, which says the same', async () => {
    expect((await allowed.benchmark(name)).status?.attempts).toMatchObject([{ outcome: 'Failed', reason }]);
  });

  test('is not accepted where the policy does not grant the right, and says which setting would', async () => {
    const { status } = await closed.untilPhase(name, 'Failed', 60_000);
    expect(status?.conditions?.find(({ type }) => type === 'Accepted')).toMatchObject({
      status: 'False',
      reason: 'NotAllowed',
      message: expect.stringContaining('policy.capabilities: [IPC_LOCK]'),
    });
  }, 70_000);
});

test('the operator met no refusal and was not restarted', async () => {
  expect([await conduct.refused(), await conduct.restarts()]).toEqual([[], []]);
});
