import { workloadOf } from '../../runners/registry.ts';
import type { Topology } from '../../runners/workload.ts';
import type { BenchmarkSpec } from '../api/types.ts';

/** How the pods are spread: what the spec says, or what the workload needs unless nodes are named one by one. */
export function topologyOf(spec: BenchmarkSpec): Topology {
  const { topology, nodes = {} } = spec.placement ?? {};
  if (topology !== undefined) return topology;
  return Object.keys(nodes).length > 0 ? 'Any' : (workloadOf(spec)?.workload.topology ?? 'Any');
}
