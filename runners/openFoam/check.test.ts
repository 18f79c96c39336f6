import { expect, test } from '@jest/globals';
import { check } from './check.ts';
import { parameters } from './testing.ts';

test.each([
  ['the defaults', {}],
  ['as many ranks in a row as cells', { cells: 11, processes: 11 }],
  ['more ranks than cells along an edge', { cells: 8, processes: 512 }],
  ['ranks that do not divide the cells', { cells: 20, processes: 3 }],
  ['a rank for each cell', { cells: 16, processes: 4096 }],
  ['a row of ranks through the largest size', { size: 'XXL', processes: 293 }],
] as const)('%s are good', (_, changes) => {
  expect(check(parameters(changes))).toEqual([]);
});

test('boxes thinner than a cell are not', () => {
  const message =
    '11 ranks would share the cube as 1 x 1 x 11 boxes, but it has 8 cells along an edge; take a number with smaller factors, or more cells';
  expect(check(parameters({ cells: 8, processes: 11 }))).toEqual([{ path: 'processes', message }]);
});

test.each([
  ['more ranks than cells', { cells: 15, processes: 4096 }, '16 x 16 x 16'],
  ['a prime number in a small mesh', { size: 'S', processes: 53 }, '1 x 1 x 53'],
  ['twice a prime number', { cells: 100, processes: 202 }, '1 x 2 x 101'],
] as const)('neither are %s', (_, changes, boxes) => {
  expect(check(parameters(changes))).toEqual([{ path: 'processes', message: expect.stringContaining(`as ${boxes} boxes`) }]);
});
