import type { Fault, FaultPlan } from './fault.ts';

const atAnyRequest: Fault[] = [
  { type: 'Status', code: 429, retryAfterSeconds: 1 },
  { type: 'Status', code: 500 },
  { type: 'Status', code: 503 },
  { type: 'Reset' },
  { type: 'Stall' },
];

const insideWatches: Fault[] = [
  { type: 'Close', after: 0 },
  { type: 'Close', after: 3 },
  { type: 'Reset', after: 2 },
  { type: 'Stall', after: 1 },
  { type: 'Error', code: 410, after: 1 },
  { type: 'Error', code: 500, after: 2 },
  { type: 'Duplicate' },
  { type: 'Reorder', window: 4 },
];

/**
 * Faults at random for the first `requests` of each verb; the same seed gives the same faults.
 * @param rate how many of the requests meet a fault, 0 to 1
 */
export function seeded(seed: number, rate: number, requests: number): FaultPlan {
  const next = mulberry32(seed);
  const pick = (faults: Fault[]) => faults[Math.floor(next() * faults.length)];
  return ({ verb, count }) => {
    if (count >= requests || next() >= rate) return undefined;
    return pick(verb === 'watch' ? [...atAnyRequest, ...insideWatches] : atAnyRequest);
  };
}

/** Evenly distributed numbers in [0, 1) from a 32-bit seed. Tommy Ettinger's mulberry32. */
export function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
