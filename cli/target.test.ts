import { expect, test } from '@jest/globals';
import { chooseTarget } from './target.ts';

const nothing = () => false;
const only = (path: string) => (candidate: string) => candidate === path;

test.each([
  ['--local wins over a kubeconfig', { local: true }, { KUBECONFIG: '/k' }, nothing, 'local'],
  ['no kubeconfig at all', {}, { HOME: '/home/ada' }, nothing, 'local'],
  ['KUBECONFIG is set', {}, { KUBECONFIG: '/k' }, nothing, 'cluster'],
  ['KUBECONFIG is set but empty', {}, { KUBECONFIG: '', HOME: '/home/ada' }, nothing, 'local'],
  ['the default kubeconfig exists', {}, { HOME: '/home/ada' }, only('/home/ada/.kube/config'), 'cluster'],
  ['inside a pod', {}, { HOME: '/' }, only('/var/run/secrets/kubernetes.io/serviceaccount/token'), 'cluster'],
  ['--kubeconfig', { kubeconfig: 'x' }, { HOME: '/home/ada' }, nothing, 'cluster'],
  ['--context', { context: 'lab' }, { HOME: '/home/ada' }, nothing, 'cluster'],
])('%s', (_, options, env, exists, target) => {
  expect(chooseTarget(options, env, exists)).toBe(target);
});
