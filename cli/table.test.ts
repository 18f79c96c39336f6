import { expect, test } from '@jest/globals';
import { table } from './table.ts';

test('columns are as wide as they must be, two spaces apart, without rules', () => {
  expect(
    table(
      ['name', 'n'],
      [
        ['bandwidth', '3'],
        ['loss', '12'],
      ],
    ).split('\n'),
  ).toEqual(['name       n', 'bandwidth  3', 'loss       12']);
});

test('no line ends in spaces', () => {
  expect(table(['a', 'b'], [['long text', '']])).not.toMatch(/ $/m);
});

test('a row may be shorter than the head', () => {
  expect(table(['a', 'b', 'c'], [['no result', '0']]).split('\n')[1]).toBe('no result  0');
});

test('a table of nothing is its head', () => {
  expect(table(['a', 'b'], [])).toBe('a  b');
});
