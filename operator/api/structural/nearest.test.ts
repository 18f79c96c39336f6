import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { nearest } from './nearest.ts';

const fields = ['streams', 'protocol', 'duration', 'reverse', 'port'];

test.each([
  ['stream', 'streams'],
  ['Streams', 'streams'],
  ['protocl', 'protocol'],
  ['durration', 'duration'],
  ['prot', 'port'],
  ['bandwidth', undefined],
  ['x', undefined],
  ['', undefined],
  ['s'.repeat(10_000), undefined],
])('%.20s: %s', (word, meant) => {
  expect(nearest(word, fields)).toBe(meant);
});

test('a known word is nearest to itself', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20 }), { minLength: 1, selector: (word) => word.toLowerCase() }),
      (words) => {
        for (const word of words) expect(nearest(word, words)).toBe(word);
      },
    ),
  );
});
