import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { randomOf, seedOf, shuffled } from './random.ts';

describe('randomOf', () => {
  test.each([
    [0, 0.26642920868471265],
    [1, 0.6270739405881613],
  ])('first number of seed %i, as published for mulberry32', (seed, first) => {
    expect(randomOf(seed)()).toBe(first);
  });

  test('a seed beyond 32 bits counts as a whole', () => {
    expect(randomOf(2 ** 32 + 7)()).not.toBe(randomOf(7)());
  });

  test('property: numbers from 0 to below 1', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (seed) => {
        const random = randomOf(seed);
        for (let draw = 0; draw < 20; draw++) {
          const number = random();
          expect(number >= 0 && number < 1).toBe(true);
        }
      }),
    );
  });
});

const sorted = (list: number[]) => list.toSorted((a, b) => a - b);

describe('shuffled', () => {
  test('property: a permutation', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.nat(), (items, seed) => {
        expect(sorted(shuffled(items, randomOf(seed)))).toEqual(sorted(items));
      }),
    );
  });

  test('every place is as likely as another', () => {
    const random = randomOf(1);
    const firsts = Array.from({ length: 6000 }, () => shuffled([0, 1, 2], random)[0]);
    for (const item of [0, 1, 2]) expect(Math.abs(firsts.filter((first) => first === item).length - 2000)).toBeLessThan(150);
  });
});

describe('seedOf', () => {
  // Published test vectors of 32-bit FNV-1a.
  test.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['foobar', 0xbf9cf968],
  ])('%j', (text, hash) => {
    expect(seedOf(text)).toBe(hash);
  });
});
