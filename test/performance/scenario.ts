import type { BenchmarkSetSpec, BenchmarkSpec } from '../../operator/api/types.ts';

/** A kind of member that the operator is measured with. */
export interface Scenario {
  name: string;
  title: string;
  /** Spec of every member. Nodes are shared, so that as many run at once as the set allows. */
  spec: BenchmarkSpec;
  /** API writes that a member may cost. */
  writes: number;
  /** Reads that a whole run may cost, however many members it has. */
  reads: number;
}

/** The set that has a scenario's members run. */
export function setSpec({ spec }: Scenario, members: number, parallelism: number): BenchmarkSetSpec {
  return { template: { spec }, repetitions: members, parallelism };
}
