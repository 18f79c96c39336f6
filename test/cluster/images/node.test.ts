import { existsSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { root } from './images.ts';
import { nodeBinary } from './node.ts';

test('Node is the one of the npm packages, which needs nothing of the machine', () => {
  const binary = nodeBinary(root);
  expect(binary).toMatch(/node_modules\/node-linux-\w+\/bin\/node$/);
  expect(existsSync(binary)).toBe(true);
});

test('without the packages it is said what to do', () => {
  expect(() => nodeBinary('/nowhere')).toThrow(/^node: \/nowhere\/\S+ is not there; npm install --no-save brings it$/);
});
