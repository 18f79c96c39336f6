import { expect, test } from '@jest/globals';
import { role } from '../backends/testing/builders.ts';
import { newMemory } from './memory.ts';
import { podState } from './testing/builders.ts';
import { tokenOf } from './token.ts';

const users = [role(), role({ name: 'worker', task: { argv: ['serve'], measures: false, usesToken: true } })];
const [own, other] = ['ab'.repeat(32), 'cd'.repeat(32)];

test('a run without a role that uses one has none', () => {
  expect(tokenOf(0, [role()], [podState({ token: own })], newMemory('uid-net'))).toBeUndefined();
});

test('KP-49 it has 256 bits, and every run and every attempt has its own', () => {
  const memory = newMemory('uid-net');
  const tokens = [tokenOf(0, users, [], memory), tokenOf(1, users, [], memory), tokenOf(0, users, [], newMemory('uid-other'))];
  expect(new Set(tokens).size).toBe(3);
  for (const token of tokens) expect(token).toMatch(/^[0-9a-f]{64}$/);
});

test('it is drawn once, whatever happens between two looks', () => {
  const memory = newMemory('uid-net');
  expect(tokenOf(2, users, [], memory)).toBe(tokenOf(2, users, [], memory));
});

test('an operator that knows nothing reads it from a pod that was given it', () => {
  const pods = [podState({ name: 'net-launcher-0' }), podState({ name: 'net-worker-0', token: own })];
  expect(tokenOf(0, users, pods, newMemory('uid-net'))).toBe(own);
});

test('what the pods have comes before what was drawn', () => {
  const memory = newMemory('uid-net');
  memory.tokens.set(0, other);
  expect(tokenOf(0, users, [podState({ token: own })], memory)).toBe(own);
});
