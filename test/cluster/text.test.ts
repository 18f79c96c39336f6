import { expect, test } from '@jest/globals';
import { lastLines } from './text.ts';

test.each([
  ['fewer lines than asked for', 'a\nb\n', 3, 'a\nb'],
  ['more lines than asked for', 'a\nb\nc\n', 2, 'b\nc'],
  ['blank lines', 'a\n\n  \nb\n\n', 2, 'a\nb'],
  ['nothing', '', 2, ''],
])('lastLines: %s', (_, text, count, expected) => {
  expect(lastLines(text, count)).toBe(expected);
});
