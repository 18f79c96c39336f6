import { expect, test } from '@jest/globals';
import { check } from './check.ts';
import { parameters } from './testing.ts';

test.each([
  ['the defaults', {}],
  ['as many ranks in a row as cells', { cells: 11, processes: 11 }],
  ['more ranks than cells along an edge', { cells: 8, processes: 512 }],
])('%s are good', (_, changes) => {
  expect(check(parameters(changes))).toEqual([]);
});

test('boxes thinner than a cell are not', () => {
  const message =
    '11 ranks would share the cube as 1 x 1 x 11 boxes, but it has 8 cells along an edge; take a number with smaller factors, or more cells';
  expect(check(parameters({ cells: 8, processes: 11 }))).toEqual([{ path: 'processes', message }]);
});
