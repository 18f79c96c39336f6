import { join } from 'node:path';
import type { OpenFoamParameters } from './parameters.ts';

export const openFoamSamples = join(import.meta.dirname, 'testdata/runs');
export const solverSamples = join(import.meta.dirname, 'testdata/icoFoam');

/** Parameters with the schema's defaults. */
export function parameters(changes: Partial<OpenFoamParameters> = {}): OpenFoamParameters {
  return { steps: 20, solver: 'DICPCG', processes: 1, nodes: 1, transport: 'TCP', port: 2222, ...changes };
}
