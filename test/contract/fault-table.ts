// What the reflector does about each fault, as a Markdown table:
//   node test/contract/fault-table.ts [--real]      on the in-memory server, or before a real kube-apiserver
import { parseArgs } from 'node:util';
import { FaultyTransport } from '../../local/api/faults/faulty-transport.ts';
import { MemoryApi } from '../../local/api/memory-api.ts';
import { HttpsTransport } from '../../operator/kube/https-transport.ts';
import type { Transport } from '../../operator/kube/transport.ts';
import { fastClock } from './fast-clock.ts';
import type { FaultCase } from './fault-cases.ts';
import { faultCases } from './fault-cases.ts';
import { startFaultProxy } from './fault-proxy.ts';
import { startRealServer } from './real-server.ts';
import { runReflector } from './reflector-run.ts';
import type { RunOutcome } from './reflector-run.ts';

/** The clock of the runs is this much faster than the real one; times in the table are its own. */
const speed = 10;

async function runInMemory(fault: FaultCase): Promise<RunOutcome> {
  const clock = fastClock(speed);
  const api = new MemoryApi({ clock });
  const faulty = new FaultyTransport(api, fault.plan);
  return await runReflector({ faulty, clean: api, clock, namespace: 'faults', watchSeconds: 30, limit: 30_000 });
}

async function runBeforeReal(transport: Transport, fault: FaultCase, namespace: string): Promise<RunOutcome> {
  const proxy = await startFaultProxy(new FaultyTransport(transport, fault.plan));
  const faulty = new HttpsTransport({ server: proxy.server, credentials: () => Promise.resolve({ headers: {}, tls: {} }) });
  try {
    return await runReflector({ faulty, clean: transport, clock: fastClock(speed), namespace, watchSeconds: 3, limit: 30_000 });
  } finally {
    await faulty.close();
    await proxy.close();
  }
}

function row({ name }: FaultCase, { cache, server, relists, watches, failures, settledAfter }: RunOutcome): string {
  const keys = Object.keys(server);
  const right =
    keys.length === Object.keys(cache).length &&
    keys.every((key) => cache[key]?.metadata.resourceVersion === server[key]?.metadata.resourceVersion);
  const cells = [name, right ? 'yes' : '**no**', relists, watches, failures, (settledAfter / 1000).toFixed(1)];
  return `| ${cells.join(' | ')} |`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { real: { type: 'boolean', default: false } } });
  const real = values.real ? await startRealServer() : undefined;
  try {
    console.log('| fault | cache right | lists again | watches opened | failures | settled after, s |');
    console.log('|---|---|--:|--:|--:|--:|');
    for (const [index, fault] of faultCases.entries()) {
      const outcome = real ? await runBeforeReal(real.transport, fault, `faults-${index}`) : await runInMemory(fault);
      console.log(row(fault, outcome));
    }
  } finally {
    await real?.stop();
  }
}

if (import.meta.main) await main();
