import { join } from 'node:path';
import type { IperfParameters } from './parameters.ts';

export const iperf2Samples = join(import.meta.dirname, 'testdata/iperf2');
export const iperf3Samples = join(import.meta.dirname, 'testdata/iperf3');

/** Parameters with the schema's defaults. */
export function parameters(changes: Partial<IperfParameters> = {}): IperfParameters {
  return {
    version: 3,
    duration: '10s',
    streams: 1,
    protocol: 'TCP',
    reverse: false,
    bidirectional: false,
    omit: '0s',
    port: 5201,
    extraArgs: [],
    ...changes,
  };
}
