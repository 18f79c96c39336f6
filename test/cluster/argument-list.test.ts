import { expect, test } from '@jest/globals';
import { argumentList } from './argument-list.ts';

test('flags are one word each, whatever their value holds', () => {
  expect(argumentList({ a: '1', 'b-c': 'x y', d: '--e=f', g: '' })).toEqual(['--a=1', '--b-c=x y', '--d=--e=f', '--g=']);
});
