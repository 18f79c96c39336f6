import { expect, test } from '@jest/globals';
import { rightsIn } from './policy.ts';
import { readPolicy } from './policy-file.ts';

test.each([
  ['nothing more than the defaults', 'policy: {}', {}],
  ['a switch', 'policy: {hostNetwork: true}', { hostNetwork: true }],
  [
    'names',
    'policy: {capabilities: [IPC_LOCK], hostPaths: [/dev/infiniband]}',
    { capabilities: ['IPC_LOCK'], hostPaths: ['/dev/infiniband'] },
  ],
  ['more for one namespace', 'policy: {namespaces: {hpc: {hostNetwork: true}}}', { namespaces: { hpc: { hostNetwork: true } } }],
])('%s', (_, text, policy) => {
  expect(readPolicy(text)).toEqual(policy);
});

test('what is read grants what it says, and there alone', () => {
  const policy = readPolicy('policy: {namespaces: {hpc: {hostNetwork: true}}}');
  expect([rightsIn('hpc', policy).hostNetwork, rightsIn('web', policy).hostNetwork]).toEqual([true, false]);
});

test.each([
  ['a misspelled setting', 'policy: {hostnetwork: true}', 'policy.hostnetwork: unknown field; did you mean "hostNetwork"?'],
  ['one of a namespace', 'policy: {namespaces: {hpc: {root: 1}}}', 'policy.namespaces.hpc.root: 1 is not allowed; true or false'],
  ['text in the place of a switch', 'policy: {privileged: "yes"}', 'policy.privileged: "yes" is not allowed'],
  ['a name in the place of a list', 'policy: {capabilities: IPC_LOCK}', 'policy.capabilities'],
  ['settings without policy:', 'hostNetwork: true', 'hostNetwork'],
  ['an empty file', '', 'it begins with policy:'],
  ['no YAML', 'policy: [', 'the policy is no YAML'],
])('%s is refused', (_, text, message) => {
  expect(() => readPolicy(text)).toThrow(message);
});
