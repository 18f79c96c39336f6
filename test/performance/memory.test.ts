import { expect, test } from '@jest/globals';
import { memoryCourse } from './memory.ts';

/** A sample a second over 100 s. */
const course = (bytes: (second: number) => number) => ({
  members: 1000,
  seconds: 100,
  memory: Array.from({ length: 110 }, (_, second) => ({ seconds: second, bytes: bytes(second) })),
});

test.each<[string, (second: number) => number, number, number]>([
  ['flat', () => 200e6, 200e6, 0],
  ['growing by a MB a second', (second) => 100e6 + second * 1e6, 162e6, 100e3],
  ['only at the start', (second) => (second < 50 ? 4e6 * second : 200e6), 200e6, 0],
  ['only after the end', (second) => (second < 100 ? 200e6 : 900e6), 200e6, 0],
  ['one peak', (second) => (second === 80 ? 500e6 : 200e6), 200e6, 0],
])('%s', (_, bytes, early, perMember) => {
  const found = memoryCourse(course(bytes));
  expect({ early: found.early, perMember: found.perMember }).toEqual({ early, perMember });
});
