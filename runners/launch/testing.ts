import { setTimeout as delay } from 'node:timers/promises';
import type { Ranks } from './ranks.ts';

/** Two ranks of Open MPI on two nodes, unless told otherwise. */
export function ranks(changes: Partial<Ranks> = {}): Ranks {
  return { flavour: 'OpenMPI', nodes: 2, processes: 2, order: 'ByNode', transport: 'TCP', port: 5200, ...changes };
}

/** Waits until something holds; the test's own limit ends the wait. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(20);
}
