import type { Fault, FaultPlan } from '../../local/api/faults/fault.ts';
import { script } from '../../local/api/faults/fault.ts';
import { seeded } from '../../local/api/faults/random.ts';

export interface FaultCase {
  name: string;
  plan: FaultPlan;
  /** What must have happened besides a right cache. */
  relists: 'None' | 'Some' | 'Any';
}

function onWatch(...faults: (Fault | undefined)[]): FaultPlan {
  return script({ watch: faults });
}

const refused429: Fault = { type: 'Status', code: 429, retryAfterSeconds: 1 };

/** The faults that a reflector must live through, and whether a new list is the right answer to them. */
export const faultCases: FaultCase[] = [
  { name: 'none', plan: () => undefined, relists: 'None' },
  { name: '429 with Retry-After to the list', plan: script({ list: [refused429] }), relists: 'None' },
  { name: '429 with Retry-After to the watch', plan: onWatch(refused429), relists: 'None' },
  { name: '500 to the list', plan: script({ list: [{ type: 'Status', code: 500 }] }), relists: 'Any' },
  { name: '500 to the watch', plan: onWatch({ type: 'Status', code: 500 }), relists: 'None' },
  { name: 'connection reset instead of the list', plan: script({ list: [{ type: 'Reset' }] }), relists: 'Any' },
  { name: 'connection reset instead of the watch', plan: onWatch({ type: 'Reset' }), relists: 'None' },
  { name: 'connection reset within the watch', plan: onWatch({ type: 'Reset', after: 3 }, { type: 'Reset', after: 2 }), relists: 'None' },
  { name: 'no reply to the list', plan: script({ list: [{ type: 'Stall' }] }), relists: 'Any' },
  { name: 'no reply to the watch', plan: onWatch({ type: 'Stall' }), relists: 'None' },
  { name: 'watch falls silent at once', plan: onWatch({ type: 'Stall', after: 0 }), relists: 'None' },
  { name: 'watch falls silent after 4 events', plan: onWatch({ type: 'Stall', after: 4 }), relists: 'None' },
  {
    name: 'watch closed at once, 3 times',
    plan: onWatch({ type: 'Close', after: 0 }, { type: 'Close', after: 0 }, { type: 'Close', after: 0 }),
    relists: 'None',
  },
  { name: 'ERROR 410 within the watch', plan: onWatch({ type: 'Error', code: 410, after: 2 }), relists: 'Some' },
  { name: 'ERROR 500 within the watch', plan: onWatch({ type: 'Error', code: 500, after: 2 }), relists: 'None' },
  { name: '410 instead of the watch', plan: onWatch({ type: 'Status', code: 410 }), relists: 'Some' },
  {
    name: '410 to the second page of the list',
    plan: ({ verb, count, continued }) => (verb === 'list' && continued && count === 1 ? { type: 'Status', code: 410 } : undefined),
    relists: 'None',
  },
  { name: 'every event twice', plan: onWatch({ type: 'Duplicate' }), relists: 'None' },
  { name: 'events reordered across objects', plan: onWatch({ type: 'Reorder', window: 5 }), relists: 'None' },
  {
    name: 'events reordered, then the connection is reset',
    plan: onWatch({ type: 'Reorder', window: 3 }, { type: 'Reset', after: 2 }, { type: 'Reorder', window: 4 }),
    relists: 'None',
  },
  ...[1, 2, 3].map((seed): FaultCase => ({ name: `any of these at random, seed ${seed}`, plan: seeded(seed, 0.7, 5), relists: 'Any' })),
];
