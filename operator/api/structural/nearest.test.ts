import { describe, expect, test } from '@jest/globals';
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

describe('one typing mistake is seen through', () => {
  const word = fc.constantFrom(...fields.filter((field) => field.length > 5));
  const place = fc.nat({ max: 5 });

  test.each<[string, (text: string, at: number) => string]>([
    ['a letter left out', (text, at) => text.slice(0, at) + text.slice(at + 1)],
    ['a letter too many', (text, at) => `${text.slice(0, at)}x${text.slice(at)}`],
    ['a letter replaced', (text, at) => `${text.slice(0, at)}x${text.slice(at + 1)}`],
    ['two neighbours exchanged', (text, at) => text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2)],
    ['another case', (text, at) => text.slice(0, at).toUpperCase() + text.slice(at)],
  ])('%s', (_, mistyped) => {
    fc.assert(
      fc.property(word, place, (meant, at) => {
        expect(nearest(mistyped(meant, at), fields)).toBe(meant);
      }),
    );
  });
});

test('of two that are as near the first is taken, so that a message does not change from run to run', () => {
  expect(nearest('cat', ['bat', 'hat'])).toBe('bat');
});

test('without candidates nothing is meant', () => {
  expect(nearest('streams', [])).toBeUndefined();
});
