import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { routeOf } from './routes.ts';
import { StatusError } from './status.ts';

describe('a path', () => {
  test.each([
    ['/api/v1/pods', { group: '', version: 'v1', plural: 'pods' }],
    ['/api/v1/namespaces/ns/pods', { group: '', version: 'v1', namespace: 'ns', plural: 'pods' }],
    ['/api/v1/namespaces/ns/pods/a', { group: '', version: 'v1', namespace: 'ns', plural: 'pods', name: 'a' }],
    ['/api/v1/namespaces/ns/pods/a/log', { group: '', version: 'v1', namespace: 'ns', plural: 'pods', name: 'a', subresource: 'log' }],
    ['/api/v1/namespaces', { group: '', version: 'v1', plural: 'namespaces' }],
    ['/api/v1/namespaces/ns', { group: '', version: 'v1', plural: 'namespaces', name: 'ns' }],
    ['/api/v1/namespaces/ns/status', { group: '', version: 'v1', plural: 'namespaces', name: 'ns', subresource: 'status' }],
    ['/api/v1/nodes/n1', { group: '', version: 'v1', plural: 'nodes', name: 'n1' }],
    ['/apis/assay.dev/v1alpha1/benchmarks', { group: 'assay.dev', version: 'v1alpha1', plural: 'benchmarks' }],
    [
      '/apis/assay.dev/v1alpha1/namespaces/ns/benchmarks/a/status',
      { group: 'assay.dev', version: 'v1alpha1', namespace: 'ns', plural: 'benchmarks', name: 'a', subresource: 'status' },
    ],
    ['/api/v1/namespaces/ns/pods/a%2Eb', { group: '', version: 'v1', namespace: 'ns', plural: 'pods', name: 'a.b' }],
  ])('%s is read', (path, route) => {
    expect(routeOf(path)).toEqual(route);
  });

  test.each([
    '/',
    '',
    '/api',
    '/api/v1',
    '/apis/assay.dev',
    '/apis/assay.dev/v1alpha1',
    '/healthz',
    '/api/v1//pods',
    '/api/v1/pods/',
    '/api/v1/namespaces/ns/pods/a/b/c',
    '/api/v1/namespaces/ns/pods/%zz',
  ])('%j is not found', (path) => {
    expect(() => routeOf(path)).toThrow('the server could not find the requested resource');
  });

  test('of any kind is read or not found', () => {
    const path = fc.array(fc.oneof(fc.constantFrom('api', 'apis', 'v1', 'namespaces', 'pods', '%', '..'), fc.string()), { maxLength: 8 });
    fc.assert(
      fc.property(path, (parts) => {
        try {
          expect(routeOf(`/${parts.join('/')}`).plural).not.toBe('');
        } catch (error) {
          expect(error).toBeInstanceOf(StatusError);
        }
      }),
    );
  });
});
