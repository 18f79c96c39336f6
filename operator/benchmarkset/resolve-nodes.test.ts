import { describe, expect, test } from '@jest/globals';
import type { BenchmarkSetSpec } from '../api/types.ts';
import { ApiError } from '../kube/errors.ts';
import { nodes } from '../kube/object.ts';
import { benchmarkSet } from './builders.ts';
import { awaitsNodes, resolveNodes } from './resolve-nodes.ts';
import { StubClient } from './stub-client.ts';

const sweep: Partial<BenchmarkSetSpec> = { matrix: { nodes: { selector: { matchLabels: { pool: 'hpc' } } } } };

function clusterOf(...names: string[]): StubClient {
  const api = new StubClient();
  const status = { conditions: [{ type: 'Ready', status: 'True' }] };
  for (const name of names) {
    const node = { metadata: { name, labels: { pool: name.startsWith('hpc') ? 'hpc' : 'web' } }, status };
    api.put(nodes, node);
  }
  return api;
}

const resolve = (api: StubClient, spec = sweep) => resolveNodes(api.client, benchmarkSet(spec));

test.each<[string, boolean, Parameters<typeof benchmarkSet>]>([
  ['asks for pairs', true, [sweep]],
  ['asks for pairs and has its nodes', false, [sweep, { nodes: ['a', 'b'] }]],
  ['asks for none', false, [{}]],
])('a set that %s waits for nodes: %s', (_, waits, [spec, status]) => {
  expect(awaitsNodes(benchmarkSet(spec, status))).toBe(waits);
});

test('the nodes that match are chosen', async () => {
  expect(await resolve(clusterOf('hpc-2', 'web-1', 'hpc-1'))).toEqual({ nodes: ['hpc-1', 'hpc-2'], leftOut: [] });
});

describe('refused is', () => {
  test.each([
    ['no node', [], 'no node matches'],
    ['one node', ['hpc-1', 'web-1'], 'only hpc-1 matches'],
  ])('%s', async (_, names, said) => {
    expect(await resolve(clusterOf(...names))).toEqual({ path: 'spec.matrix.nodes', message: expect.stringContaining(said) });
  });

  test('what would be one node less, with the cause', async () => {
    const api = clusterOf('hpc-1', 'hpc-2');
    const cordoned = { metadata: { name: 'hpc-2', labels: { pool: 'hpc' } }, spec: { unschedulable: true }, status: { conditions: [] } };
    api.put(nodes, cordoned);
    expect(await resolve(api)).toMatchObject({ message: expect.stringMatching(/left out: hpc-2 \(not ready\)$/) });
  });

  test('a missing right, with what to do', async () => {
    const api = clusterOf('hpc-1', 'hpc-2');
    api.failures.set('list nodes', new ApiError(403, 'Forbidden', 'nodes is forbidden'));
    expect(await resolve(api)).toEqual({
      path: 'spec.matrix.nodes',
      reason: 'NotAllowed',
      message: expect.stringContaining('rbac.nodes of the chart'),
    });
  });
});

test('a server in trouble is asked again later', async () => {
  const api = clusterOf('hpc-1', 'hpc-2');
  api.failures.set('list nodes', new ApiError(503, 'ServiceUnavailable', 'later'));
  await expect(resolve(api)).rejects.toMatchObject({ status: 503 });
});
