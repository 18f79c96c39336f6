import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Fault, FaultPlan, Seen } from './fault.ts';
import { mulberry32, seeded } from './random.ts';

function requests(plan: FaultPlan, verb: Seen['verb'], count: number): (Fault | undefined)[] {
  return Array.from({ length: count }, (_, index) => plan({ verb, count: index, continued: false }));
}

const seed = fc.integer();

describe('faults at random', () => {
  test('are the same for the same seed', () => {
    fc.assert(
      fc.property(seed, (one) => expect(requests(seeded(one, 0.5, 20), 'watch', 20)).toEqual(requests(seeded(one, 0.5, 20), 'watch', 20))),
    );
  });

  test('end after the number of requests that was asked for', () => {
    expect(requests(seeded(1, 1, 5), 'list', 8).map(Boolean)).toEqual([true, true, true, true, true, false, false, false]);
  });

  test('meet about as many requests as the rate says', () => {
    const met = requests(seeded(3, 0.3, 2000), 'watch', 2000).filter(Boolean);
    expect(met.length / 2000).toBeCloseTo(0.3, 1);
  });

  test('of a list are none that only a watch can have', () => {
    const types = new Set(requests(seeded(5, 1, 500), 'list', 500).map((fault) => fault?.type));
    expect(types).toEqual(new Set(['Status', 'Reset', 'Stall']));
  });

  test('of a watch are of every type', () => {
    const types = new Set(requests(seeded(5, 1, 500), 'watch', 500).map((fault) => fault?.type));
    expect(types).toEqual(new Set(['Status', 'Reset', 'Stall', 'Close', 'Error', 'Duplicate', 'Reorder']));
  });
});

test('random numbers lie in [0, 1), whatever the seed', () => {
  fc.assert(
    fc.property(seed, (one) => {
      const next = mulberry32(one);
      const numbers = Array.from({ length: 50 }, next);
      expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
      expect(new Set(numbers).size).toBeGreaterThan(45);
    }),
  );
});
