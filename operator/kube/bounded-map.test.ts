import { expect, test } from '@jest/globals';
import { BoundedMap } from './bounded-map.ts';

test.each([
  ['within the bound', ['a', 'b'], ['a', 'b']],
  ['one too many', ['a', 'b', 'c', 'd'], ['b', 'c', 'd']],
  ['one set again counts as new', ['a', 'b', 'c', 'a', 'd'], ['c', 'a', 'd']],
])('%s', (_, set, kept) => {
  const map = new BoundedMap<string, number>(3);
  for (const [at, key] of set.entries()) map.set(key, at);
  expect([...map.keys()]).toEqual(kept);
});
