import { workloadOf } from '../../runners/registry.ts';
import { schemaOf } from './crds.ts';
import type { BenchmarkSpec } from './types.ts';

/** A spec with every default filled in, as the API server would store it. The argument is not changed. */
export function effectiveSpec(spec: BenchmarkSpec): BenchmarkSpec {
  const object = { spec: structuredClone(spec) };
  schemaOf('Benchmark').applyDefaults(object);
  return object.spec;
}

/** The parameters of the spec's workload with every default filled in; undefined where there is no block of a known workload. */
export function effectiveParameters(spec: BenchmarkSpec): object | undefined {
  return workloadOf(effectiveSpec(spec))?.parameters;
}
