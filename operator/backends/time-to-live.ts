import { parseDuration } from '../../measure/quantity.ts';
import type { BenchmarkSpec } from '../api/types.ts';

/** How much longer than asked for a finished holder is kept before its own controller deletes it, s: if no operator is left to do so. */
const netAfter = 24 * 3600;

/** What a holder of pods is told of its own removal: nothing where pods may be kept. */
export function timeToLive({ cleanup = {} }: BenchmarkSpec): { ttlSecondsAfterFinished?: number } {
  if ((cleanup.pods ?? 'Always') !== 'Always') return {};
  return { ttlSecondsAfterFinished: Math.ceil(parseDuration(cleanup.ttlAfterFinished ?? '0s')) + netAfter };
}
