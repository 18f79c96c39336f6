import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { FaultyTransport } from '../../local/api/faults/faulty-transport.ts';
import { HttpsTransport } from '../../operator/kube/https-transport.ts';
import { fastClock } from './fast-clock.ts';
import { faultCases } from './fault-cases.ts';
import { checkOutcome } from './fault-outcome.ts';
import { startFaultProxy } from './fault-proxy.ts';
import { startRealServer } from './real-server.ts';
import type { RealServer } from './real-server.ts';
import { runReflector } from './reflector-run.ts';

let started: Promise<RealServer> | undefined;

/** Concurrent tests begin before beforeAll: whoever comes first starts the server. */
async function real(): Promise<RealServer> {
  return await (started ??= startRealServer());
}

beforeAll(async () => {
  await real();
}, 120_000);

afterAll(async () => {
  await (await started)?.stop();
}, 30_000);

const numbered = faultCases.map((fault, index) => ({ name: fault.name, fault, namespace: `faults-${index}` }));

test.concurrent.each(numbered)(
  'the cache ends right before the real server: $name',
  async ({ fault, namespace }) => {
    const { transport } = await real();
    const faulty = new FaultyTransport(transport, fault.plan);
    const proxy = await startFaultProxy(faulty);
    const proxied = new HttpsTransport({ server: proxy.server, credentials: () => Promise.resolve({ headers: {}, tls: {} }) });
    try {
      const clock = fastClock(10);
      const outcome = await runReflector({ faulty: proxied, clean: transport, clock, namespace, watchSeconds: 3, limit: 30_000 });
      checkOutcome(expect, fault, faulty, outcome);
    } finally {
      await proxied.close();
      await proxy.close();
    }
  },
  120_000,
);
