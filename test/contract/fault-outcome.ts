import type { expect } from '@jest/globals';
import type { FaultyTransport } from '../../local/api/faults/faulty-transport.ts';
import type { FaultCase } from './fault-cases.ts';
import type { RunOutcome } from './reflector-run.ts';

/** The cache is right, and it came about without more lists than the fault calls for. */
export function checkOutcome(
  expecting: typeof expect,
  { name, relists }: FaultCase,
  { injected }: FaultyTransport,
  outcome: RunOutcome,
): void {
  expecting(outcome.cache).toEqual(outcome.server);
  expecting(injected.length > 0).toBe(name !== 'none');
  if (relists === 'None') expecting(outcome.relists).toBe(0);
  if (relists === 'Some') expecting(outcome.relists).toBeGreaterThan(0);
}
