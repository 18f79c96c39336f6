import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { expanded } from './expansion.ts';

const known = new Map([['IP', '10.0.0.1']]);

test.each([
  ['plain text', 'a', 'a'],
  ['a variable that is known', 'http://$(IP):80', 'http://10.0.0.1:80'],
  ['a variable that is not', '$(OTHER)', '$(OTHER)'],
  ['doubled dollars', '$$(IP)', '$(IP)'],
  ['four of them', '$$$$', '$$'],
  ['a dollar alone', '5$ and $x', '5$ and $x'],
  ['a bracket that is not closed', '$(IP', '$(IP'],
])('%s', (_, value, expected) => {
  expect(expanded(value, known)).toBe(expected);
});

test('what a variable brings along is not expanded again', () => {
  expect(expanded('$(A)', new Map([['A', '$(IP)$$'], ...known]))).toBe('$(IP)$$');
});

test('doubling every dollar gives any text back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('$', '(', ')', 'I', 'P', ' ') }), (text) => {
      expect(
        expanded(
          text.replaceAll('$', () => '$$'),
          known,
        ),
      ).toBe(text);
    }),
  );
});
