import { expect, test } from '@jest/globals';
import { parseAddOns } from './names.ts';

test.each([
  ['nothing', '', []],
  ['one', 'multus', ['multus']],
  ['several, in the order in which they start', 'kueue,jobset,volcano', ['volcano', 'jobset', 'kueue']],
  ['one twice', 'jobset,jobset', ['jobset']],
  ['with a comma too many', 'jobset,', ['jobset']],
])('%s', (_, list, expected) => {
  expect(parseAddOns(list)).toEqual(expected);
});

test('what is no add-on is named, with those that are', () => {
  expect(() => parseAddOns('volcano,kueu,x')).toThrow('kueu, x is no add-on of a cluster; the add-ons are volcano, jobset, multus, kueue');
});
