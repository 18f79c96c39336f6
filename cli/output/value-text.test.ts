import { expect, test } from '@jest/globals';
import { valueText } from './value-text.ts';

test.each([
  ['text as it is', '4Ki', '4Ki'],
  ['numbers', 8, '8'],
  ['truth', false, 'false'],
  ['objects', { node: 'a' }, '{"node":"a"}'],
  ['not set', undefined, '-'],
  ['unset', null, '-'],
  ['what would move the cursor', 'a\u001b[2J\nb', 'a[2J b'],
])('%s', (_, value, text) => {
  expect(valueText(value)).toBe(text);
});
