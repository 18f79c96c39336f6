import { expect, test } from '@jest/globals';
import { rightsIn } from './policy.ts';

test('without a policy nothing beyond the restricted standard is granted', () => {
  expect(rightsIn('bench')).toEqual({
    hostNetwork: false,
    privileged: false,
    root: false,
    privilegeEscalation: false,
    unconfined: false,
    capabilities: [],
    serviceAccounts: [],
    volumes: ['persistentVolumeClaim'],
    hostPaths: [],
    networks: ['bench'],
    annotations: [],
    priorityClasses: ['*'],
  });
});

test.each([
  ['everywhere', { hostNetwork: true }, true],
  ['in the namespace', { namespaces: { bench: { hostNetwork: true } } }, true],
  ['in another namespace', { namespaces: { other: { hostNetwork: true } } }, false],
  ['everywhere but here', { hostNetwork: true, namespaces: { bench: { hostNetwork: false } } }, false],
])('a right granted %s', (_, policy, granted) => {
  expect(rightsIn('bench', policy).hostNetwork).toBe(granted);
});

test("a namespace's own networks stay its own, whatever is granted beside them", () => {
  const policy = { networks: ['shared'], namespaces: { hpc: { networks: ['fabric/ib'] } } };
  expect([rightsIn('bench', policy).networks, rightsIn('hpc', policy).networks]).toEqual([
    ['shared', 'bench'],
    ['fabric/ib', 'hpc'],
  ]);
});

test('a namespace by the name of an object property is one like any other', () => {
  expect(rightsIn('constructor', { namespaces: {} }).hostNetwork).toBe(false);
});
