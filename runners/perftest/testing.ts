import { join } from 'node:path';
import type { RdmaBandwidthParameters } from '../rdmaBandwidth/parameters.ts';
import type { RdmaLatencyParameters } from '../rdmaLatency/parameters.ts';

export const bandwidthSamples = join(import.meta.dirname, 'testdata/bandwidth');
export const latencySamples = join(import.meta.dirname, 'testdata/latency');

const common = { mode: 'read', devices: {}, rdmaCM: true, connection: 'RC', port: 18_515 } as const;

/** Parameters with the schema's defaults. */
export function bandwidthParameters(changes: Partial<RdmaBandwidthParameters> = {}): RdmaBandwidthParameters {
  return { ...common, extraArgs: [], queuePairs: 1, ...changes };
}

/** Parameters with the schema's defaults. */
export function latencyParameters(changes: Partial<RdmaLatencyParameters> = {}): RdmaLatencyParameters {
  return { ...common, extraArgs: [], ...changes };
}
