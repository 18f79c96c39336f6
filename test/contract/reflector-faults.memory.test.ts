import { expect, test } from '@jest/globals';
import { FaultyTransport } from '../../local/api/faults/faulty-transport.ts';
import { MemoryApi } from '../../local/api/memory-api.ts';
import { fastClock } from './fast-clock.ts';
import { faultCases } from './fault-cases.ts';
import { checkOutcome } from './fault-outcome.ts';
import { runReflector } from './reflector-run.ts';

test.concurrent.each(faultCases)(
  'the cache ends right on the in-memory server: $name',
  async (fault) => {
    const clock = fastClock(20);
    const api = new MemoryApi({ clock });
    const faulty = new FaultyTransport(api, fault.plan);
    const outcome = await runReflector({ faulty, clean: api, clock, namespace: 'faults', watchSeconds: 40, limit: 20_000 });
    await api.close();
    checkOutcome(expect, fault, faulty, outcome);
  },
  60_000,
);
