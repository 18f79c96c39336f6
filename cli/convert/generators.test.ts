import { describe, expect, test } from '@jest/globals';
import { generate } from './generators.ts';

const items = { valuesFrom: ['a', 'b', 'c'] };
const of = (kind: 'combinations' | 'permutations', length: number, source: object = items, withReplacement?: boolean) =>
  generate({ [kind]: { length, source, withReplacement } });
const joined = (made: ReturnType<typeof generate>) => ('values' in made ? made.values.map((list) => (list as string[]).join('')) : made);

test('a list is its values', () => {
  expect(generate({ valuesFrom: [1, 'x', { y: 1 }] })).toEqual({ values: [1, 'x', { y: 1 }] });
});

test.each<[string, ReturnType<typeof generate>, string[]]>([
  ['combinations', of('combinations', 2), ['ab', 'ac', 'bc']],
  ['permutations', of('permutations', 2), ['ab', 'ac', 'ba', 'bc', 'ca', 'cb']],
  ['combinations with replacement', of('combinations', 2, items, true), ['aa', 'ab', 'ac', 'bb', 'bc', 'cc']],
  ['permutations with replacement', of('permutations', 2, { valuesFrom: ['a', 'b'] }, true), ['aa', 'ab', 'ba', 'bb']],
  ['of three', of('combinations', 3), ['abc']],
  ['of more than there are', of('permutations', 4), []],
])('%s of a list', (_, made, lists) => {
  expect(joined(made)).toEqual(lists);
});

describe('of two nodes', () => {
  const nodes = { nodes: { selector: { matchLabels: { pool: 'hpc' } } } };

  test.each([
    ['combinations', 'Unordered'],
    ['permutations', 'Ordered'],
  ] as const)('%s are %s pairs', (kind, pairs) => {
    expect(of(kind, 2, nodes)).toEqual({ pairs: { selector: { matchLabels: { pool: 'hpc' } }, pairs } });
  });

  test('without a selector they are of all nodes', () => {
    expect(of('permutations', 2, { nodes: {} })).toEqual({ pairs: { pairs: 'Ordered' } });
  });
});

test.each<[string, unknown, string]>([
  ['single nodes', { nodes: {} }, 'single nodes'],
  ['a sample', { sample: { size: 2, source: items } }, 'draws a sample'],
  ['three nodes', { permutations: { length: 3, source: { nodes: {} } } }, 'no pair of two different nodes'],
  ['a node with itself', { permutations: { length: 2, withReplacement: true, source: { nodes: {} } } }, 'no pair of two different nodes'],
  ['combinations of a sample', { combinations: { length: 2, source: { sample: {} } } }, 'draws a sample'],
  ['no source', { combinations: { length: 2 } }, 'has no source'],
  ['no length', { combinations: { source: items } }, 'has no length'],
  ['half a length', { combinations: { length: 1.5, source: items } }, 'has no length'],
  ['a length of nothing', { combinations: { length: 0, source: items } }, 'has no length'],
  [
    'a length without end',
    { permutations: { length: 1e9, withReplacement: true, source: { valuesFrom: ['a'] } } },
    'more than 10000 lists',
  ],
  [
    'pairs of more values than can be tried',
    { permutations: { length: 2, source: { valuesFrom: Array.from({ length: 10_000 }, (_, index) => index) } } },
    'more than 10000 lists',
  ],
  ['too many lists', { permutations: { length: 40, withReplacement: true, source: items } }, 'more than 10000 lists'],
  ['something else', { range: 3 }, 'has no counterpart'],
  ['no generator', [1, 2], 'is no generator'],
])('%s: refused, with what to do', (_, generator, said) => {
  expect(generate(generator)).toEqual({ refusal: expect.stringContaining(said) });
});
