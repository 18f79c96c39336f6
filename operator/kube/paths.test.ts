import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { benchmarks, nodes, pods } from './object.ts';
import { apiVersionOf, collectionPath, objectPath } from './paths.ts';

describe('paths', () => {
  test.each([
    ['core, all namespaces', collectionPath(pods), '/api/v1/pods'],
    ['core, one namespace', collectionPath(pods, 'default'), '/api/v1/namespaces/default/pods'],
    ['cluster-wide', objectPath(nodes, { name: 'worker-1' }), '/api/v1/nodes/worker-1'],
    ['group', collectionPath(benchmarks, 'team'), '/apis/assay.dev/v1alpha1/namespaces/team/benchmarks'],
    [
      'subresource',
      objectPath(benchmarks, { namespace: 'team', name: 'net' }, 'status'),
      '/apis/assay.dev/v1alpha1/namespaces/team/benchmarks/net/status',
    ],
    ['a name that needs encoding', objectPath(nodes, { name: 'a b?c#d' }), '/api/v1/nodes/a%20b%3Fc%23d'],
    ['a name with a colon', objectPath(nodes, { name: 'system:x' }), '/api/v1/nodes/system%3Ax'],
  ])('%s', (_, path, expected) => {
    expect(path).toBe(expected);
  });

  test.each(['', '.', '..', 'a/b', 'a\\b', 'a%2fb'])('refuses the name "%s"', (name) => {
    expect(() => objectPath(pods, { namespace: 'default', name })).toThrow('not allowed as a name');
  });

  test('refuses an empty namespace, which would mean all of them', () => {
    expect(() => collectionPath(pods, '')).toThrow('not allowed as a name');
  });

  test('no name reaches another path', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        let path;
        try {
          path = objectPath(pods, { namespace: 'default', name });
        } catch {
          return;
        }
        const { pathname, search, hash } = new URL(path, 'https://host');
        expect([pathname.split('/').length, pathname.startsWith('/api/v1/namespaces/default/pods/'), search, hash]).toEqual([
          7,
          true,
          '',
          '',
        ]);
      }),
    );
  });
});

test.each([
  [pods, 'v1'],
  [benchmarks, 'assay.dev/v1alpha1'],
])('apiVersionOf %j', (resource, expected) => {
  expect(apiVersionOf(resource)).toBe(expected);
});
