import { expect, test } from '@jest/globals';
import { chooseTarget } from './target.ts';

const there = () => true;
const missing = () => false;

test.each([
  ['--local wins over a kubeconfig', { local: true }, there, 'local'],
  ['--local wins over --context', { local: true, context: 'lab' }, there, 'local'],
  ['no kubeconfig at all', {}, missing, 'local'],
  ['a kubeconfig in one of the usual places', {}, there, 'cluster'],
  ['--kubeconfig', { kubeconfig: 'x' }, missing, 'cluster'],
  ['--context', { context: 'lab' }, missing, 'cluster'],
])('%s', (_, options, hasCluster, target) => {
  expect(chooseTarget(options, hasCluster)).toBe(target);
});
