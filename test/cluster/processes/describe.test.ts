import { expect, test } from '@jest/globals';
import { describe } from './describe.ts';

test('a process is described by its pid and how it was called', () => {
  expect(describe(process.pid)).toMatch(new RegExp(String.raw`^${process.pid} \(.{1,100}\)$`));
});

test('one that has ended by its pid only', () => {
  expect(describe(0)).toBe('0');
});
