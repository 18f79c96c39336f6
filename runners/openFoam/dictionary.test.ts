import { expect, test } from '@jest/globals';
import { foamFile } from './dictionary.ts';

test('a file says what it is, then its entries', () => {
  expect(foamFile('dictionary', 'controlDict', { deltaT: 0.001, startFrom: 'startTime' })).toBe(`FoamFile {
  version 2.0;
  format ascii;
  class dictionary;
  object controlDict;
}
deltaT 0.001;
startFrom startTime;
`);
});

test.each([
  ['a word', 'linear', 'key linear;'],
  ['a list', [1, 2, 3], 'key (1 2 3);'],
  ['a list of lists', [[0, 1], []], 'key ((0 1) ());'],
  ['a dictionary', { solver: 'PCG', inner: { a: 1 } }, 'key {\n  solver PCG;\n  inner {\n    a 1;\n  }\n}'],
  ['named dictionaries in a list', ['lid', { type: 'wall' }], 'key (lid {\n  type wall;\n});'],
])('%s', (_, entry, expected) => {
  expect(foamFile('dictionary', 'x', { key: entry }).split('}\n').slice(1).join('}\n').trim()).toBe(expected);
});

test.each([
  ['a small number', 8.333e-7, 'key 8.333e-7;'],
  ['a large one', 1e21, 'key 1e+21;'],
  ['nothing', [], 'key ();'],
  ['an empty dictionary', {}, 'key {\n};'],
  ['a dictionary in a dictionary in a list', [{ a: { b: [1] } }], 'key ({\n  a {\n    b (1);\n  }\n});'],
])('%s', (_, entry, expected) => {
  expect(foamFile('dictionary', 'x', { key: entry }).split('}\n').slice(1).join('}\n').trim()).toBe(expected.replace(/\};$/, '}'));
});
