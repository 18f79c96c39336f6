import { expect, test } from '@jest/globals';
import type { PodOptions } from '../api/types.ts';
import { mergedOptions } from './pod-options.ts';

test.each<[string, PodOptions, PodOptions, PodOptions]>([
  ['nothing anywhere', {}, {}, {}],
  ['only for all', { image: 'a' }, {}, { image: 'a' }],
  ['only for the role', {}, { image: 'b' }, { image: 'b' }],
  ["the role's word wins", { image: 'a', serviceAccountName: 'x' }, { image: 'b' }, { image: 'b', serviceAccountName: 'x' }],
  ['labels merge key by key', { labels: { a: '1', b: '1' } }, { labels: { b: '2' } }, { labels: { a: '1', b: '2' } }],
  [
    'limits merge apart from requests',
    { resources: { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '1' } } },
    { resources: { limits: { cpu: '2' } } },
    { resources: { limits: { cpu: '2', memory: '1Gi' }, requests: { cpu: '1' } } },
  ],
  [
    'variables merge by name',
    {
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '1' },
      ],
    },
    { env: [{ name: 'B', value: '2' }] },
    {
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
      ],
    },
  ],
  [
    'volumes are replaced as a whole by name',
    { volumes: [{ name: 'v', mountPath: '/a', emptyDir: {} }] },
    { volumes: [{ name: 'v', mountPath: '/b', persistentVolumeClaim: { claimName: 'c' } }] },
    { volumes: [{ name: 'v', mountPath: '/b', persistentVolumeClaim: { claimName: 'c' } }] },
  ],
  [
    'requests of the role come beside limits of all',
    { resources: { limits: { cpu: '1' } } },
    { resources: { requests: { memory: '1Gi' } } },
    { resources: { limits: { cpu: '1' }, requests: { memory: '1Gi' } } },
  ],
  ['what only one side has stays', { annotations: { a: '1' } }, { labels: { b: '1' } }, { annotations: { a: '1' }, labels: { b: '1' } }],
  ['annotations merge key by key', { annotations: { a: '1', b: '1' } }, { annotations: { a: '2' } }, { annotations: { a: '2', b: '1' } }],
  [
    'secrets merge by name, each once',
    { imagePullSecrets: [{ name: 'a' }] },
    { imagePullSecrets: [{ name: 'b' }, { name: 'a' }] },
    { imagePullSecrets: [{ name: 'a' }, { name: 'b' }] },
  ],
  [
    'security contexts merge field by field',
    { securityContext: { runAsUser: 1 } },
    { securityContext: { runAsGroup: 2 } },
    { securityContext: { runAsUser: 1, runAsGroup: 2 } },
  ],
])('%s', (_, pod, own, expected) => {
  expect(mergedOptions({ pod, roles: { server: { pod: own } } }, 'server')).toEqual(expected);
});

test('options of one role are nothing to another', () => {
  expect(mergedOptions({ roles: { server: { pod: { image: 'b' } } } }, 'client')).toEqual({});
});

test('a role that has no block of its own has the options of all', () => {
  expect(mergedOptions({ pod: { image: 'a' }, roles: { server: { pod: { image: 'b' } } } }, 'constructor')).toEqual({ image: 'a' });
});
