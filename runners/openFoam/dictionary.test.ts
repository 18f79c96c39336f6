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
