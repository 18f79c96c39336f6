import { expect, test } from '@jest/globals';
import { assert, property, string } from 'fast-check';
import { printable } from './printable.ts';

test.each([
  ['line ends become spaces', 'a\nb\r\nc', 'a b c'],
  ['colour codes lose their escape', '\u001b[31mred\u001b[0m', '[31mred[0m'],
  ['letters of all languages stay', 'Größe 測試', 'Größe 測試'],
])('%s', (_, text, expected) => {
  expect(printable(text)).toBe(expected);
});

test('no control character survives', () => {
  assert(
    property(string({ unit: 'binary' }), (text) => {
      // oxlint-disable-next-line no-control-regex
      expect(printable(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    }),
  );
});
