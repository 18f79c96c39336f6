import { join } from 'node:path';
import type { MpiPingPongParameters } from './parameters.ts';

/** Recordings of IMB-MPI1 under Open MPI and, by name, under Intel MPI. */
export const imbSamples = join(import.meta.dirname, 'testdata/imb');
/** Recordings of NPopenmpi, its result in its standard output. */
export const netpipeSamples = join(import.meta.dirname, 'testdata/netpipe');

/** Parameters with the schema's defaults. */
export function parameters(changes: Partial<MpiPingPongParameters> = {}): MpiPingPongParameters {
  return {
    tool: 'IMB',
    benchmarks: ['pingpong'],
    maxMessageLog: 22,
    transport: 'TCP',
    nodes: 2,
    processesPerNode: 1,
    port: 2222,
    extraArgs: [],
    ...changes,
  };
}
