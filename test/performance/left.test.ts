import { expect, test } from '@jest/globals';
import { leftByMember } from './left.ts';

test.each([
  ['nothing', 50e6, 50e6, 0],
  ['20 kB', 50e6, 70e6, 20e3],
  ['less than there was, where Node threw something away', 50e6, 49e6, -1e3],
])('a member leaves %s', (_, before, after, bytes) => {
  expect(leftByMember({ heap: { before, after }, members: 1000 })).toBe(bytes);
});
