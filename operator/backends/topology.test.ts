import { expect, test } from '@jest/globals';
import type { BenchmarkSpec } from '../api/types.ts';
import { topologyOf } from './topology.ts';

test.each<[string, BenchmarkSpec, string]>([
  ['is that of the workload', { iperf: {} }, 'DifferentNodes'],
  ['unless the spec says otherwise', { iperf: {}, placement: { topology: 'SameNode' } }, 'SameNode'],
  ['or nodes are named one by one', { iperf: {}, placement: { nodes: { server: 'a', client: 'a' } } }, 'Any'],
])('the topology %s', (_, spec, topology) => {
  expect(topologyOf(spec)).toBe(topology);
});
