import { randomBytes } from 'node:crypto';
import type { RolePlan } from '../../runners/workload.ts';
import type { PodState } from '../backends/backend.ts';
import type { Memory } from './memory.ts';

/**
 * The token of an attempt, 256 bits in hexadecimal: what its pods were given or, before the first of them is there, one that is drawn once.
 * An operator that starts anew between two pods finds it in the first, and never gives two pods of one run different ones.
 * @param pods of the attempt
 * @returns undefined where no role uses one
 */
export function tokenOf(attempt: number, roles: readonly RolePlan[], pods: readonly PodState[], { tokens }: Memory): string | undefined {
  if (!roles.some(({ task }) => task.usesToken === true)) return undefined;
  const given = pods.find(({ token }) => token !== undefined)?.token ?? tokens.get(attempt);
  if (given !== undefined) return given;
  const drawn = randomBytes(32).toString('hex');
  tokens.set(attempt, drawn);
  return drawn;
}
