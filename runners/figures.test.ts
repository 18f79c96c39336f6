import { expect, test } from '@jest/globals';
import { figures } from './figures.ts';

const definitions = [
  { name: 'bandwidth', unit: 'bit/s', better: 'Higher', description: 'a' },
  { name: 'loss', unit: 'ratio', better: 'Lower', description: 'b' },
] as const;

test('values become metrics in the order of their definitions', () => {
  expect(figures(definitions, { loss: 0, bandwidth: 5 })).toEqual([
    { name: 'bandwidth', value: 5, unit: 'bit/s', better: 'Higher' },
    { name: 'loss', value: 0, unit: 'ratio', better: 'Lower' },
  ]);
});

test.each([
  ['was not measured', undefined],
  ['is not a number', Number.NaN],
  ['is endless', Number.POSITIVE_INFINITY],
])('what %s is left out', (_, loss) => {
  expect(figures(definitions, { bandwidth: 1, loss }).map(({ name }) => name)).toEqual(['bandwidth']);
});

test('what has no definition is left out', () => {
  expect(figures(definitions, { speed: 1 })).toEqual([]);
});
