import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { excerpt } from './excerpt.ts';

test.each([
  ['plain text stays', 'no route', 'no route'],
  ['lines become one', 'a\nb\r\n\tc', 'a b c'],
  ['terminal codes lose their escape', '\u001b[1mred\u001b[0m', '[1mred [0m'],
  ['text of just that length stays', 'x'.repeat(10), 'x'.repeat(10)],
  ['room around it does not count', `\n ${'x'.repeat(10)} \n`, 'x'.repeat(10)],
  ['a character of two halves is not cut into one', `${'x'.repeat(9)}🙂🙂`, `${'x'.repeat(9)}...`],
  ['separators of Unicode are line ends, too', 'a\u2028b\u0085c', 'a b c'],
  ['long text is cut and marked', 'x'.repeat(12), 'xxxxxxxxxx...'],
])('%s', (_, text, expected) => {
  expect(excerpt(text, 10)).toBe(expected);
});

test('500 characters are kept unless told otherwise', () => {
  expect([excerpt('x'.repeat(500)).length, excerpt('x'.repeat(501)).length]).toEqual([500, 503]);
});

test('whatever is said, it stays one bounded line of whole characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 50 }), (text, longest) => {
      const short = excerpt(text, longest);
      expect(short.length).toBeLessThanOrEqual(longest + 3);
      // oxlint-disable-next-line no-control-regex
      expect(short).not.toMatch(/[\u0000-\u001f]/);
      expect(short.isWellFormed()).toBe(text.isWellFormed());
    }),
  );
});
