// The whole operator behind a proxy that breaks its requests and watches: a set must end with the right results all the same.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Fault, FaultPlan } from '../../local/api/faults/fault.ts';
import { FaultyTransport } from '../../local/api/faults/faulty-transport.ts';
import { HttpsTransport } from '../../operator/kube/https-transport.ts';
import type { Benchmark } from '../../operator/api/types.ts';
import { fastClock } from '../contract/fast-clock.ts';
import { startFaultProxy } from '../contract/fault-proxy.ts';
import { startOperator, TestCluster } from './cluster.ts';

/** A watch that is silent for two minutes is given up: the operator's clock runs faster than the real one, and its limits are longer. */
const speed = 40;
const timeouts = { pending: '12h', running: '12h' };

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await TestCluster.start();
  await cluster.startKubelet();
}, 120_000);

afterAll(() => cluster.stop(), 30_000);

/** Every third request of each kind meets the fault, `times` times. */
function everyThird(fault: Fault, times = 8): FaultPlan {
  return ({ count }) => (count % 3 === 1 && count < times * 3 ? fault : undefined);
}

/** The first watches all meet the fault: five kinds are watched, so each does at least once. */
function firstWatches(fault: Fault, count = 15): FaultPlan {
  return (seen) => (seen.verb === 'watch' && seen.count < count ? fault : undefined);
}

const cases: { name: string; plan: FaultPlan }[] = [
  { name: '429 with Retry-After', plan: everyThird({ type: 'Status', code: 429, retryAfterSeconds: 1 }, 4) },
  { name: '500', plan: everyThird({ type: 'Status', code: 500 }) },
  { name: 'connections reset instead of a reply', plan: everyThird({ type: 'Reset' }) },
  { name: 'watches reset in the middle', plan: firstWatches({ type: 'Reset', after: 2 }) },
  { name: 'watches that fall silent', plan: firstWatches({ type: 'Stall', after: 3 }, 5) },
  { name: 'a history that is gone', plan: firstWatches({ type: 'Error', code: 410, after: 2 }) },
  { name: 'events that come twice', plan: firstWatches({ type: 'Duplicate' }) },
];

function figures(members: Benchmark[]): Record<string, number | undefined> {
  const measured = members.map(({ metadata, status }) => [
    metadata.name,
    status?.metrics?.find(({ name }) => name === 'measuredTime')?.value,
  ]);
  return Object.fromEntries(measured) as Record<string, number | undefined>;
}

test.each(cases)(
  'a set of 6 ends right through $name',
  async ({ plan }) => {
    const space = await cluster.namespace();
    const faulty = new FaultyTransport(await cluster.operatorTransport(), plan);
    const proxy = await startFaultProxy(faulty);
    const way = new HttpsTransport({ server: proxy.server, credentials: async () => ({ headers: {}, tls: {} }) });
    const operator = await startOperator(way, fastClock(speed));
    try {
      await space.createSet('naps', {
        template: { spec: { sleep: {}, placement: { exclusive: 'None' }, timeouts } },
        matrix: { product: { 'sleep.duration': ['100ms', '200ms', '300ms'] } },
        repetitions: 2,
        parallelism: 3,
      });
      const { status } = await space.untilSetPhase('naps', 'Succeeded', 60_000);
      expect(faulty.injected.length).toBeGreaterThan(0);
      expect(status?.members).toEqual({ total: 6, pending: 0, running: 0, succeeded: 6, failed: 0, cancelled: 0 });
      const members = await space.benchmarks();
      const written = figures(members);
      expect(members.map(({ status: own }) => own?.attempts?.length)).toEqual([1, 1, 1, 1, 1, 1]);
      const { cells } = await space.summary('naps-results');
      const means = cells.map(({ index, metrics }) => [index, metrics['measuredTime']?.n, metrics['measuredTime']?.mean]);
      const expected = [0, 1, 2].map((cell) => [cell, 2, ((written[`naps-${cell}-0`] ?? 0) + (written[`naps-${cell}-1`] ?? 0)) / 2]);
      expect(means).toEqual(expected.map(([cell, n, mean]) => [cell, n, expect.closeTo(mean ?? 0, 9)]));
    } finally {
      await operator.stop();
      await way.close();
      await proxy.close();
      await faulty.close();
    }
  },
  120_000,
);
