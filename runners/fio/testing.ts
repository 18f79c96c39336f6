import { join } from 'node:path';
import type { FioParameters } from './parameters.ts';

export const fioSamples = join(import.meta.dirname, 'testdata');

/** Parameters with the schema's defaults. */
export function parameters(changes: Partial<FioParameters> = {}): FioParameters {
  return {
    rw: 'randread',
    blockSize: '4Ki',
    ioDepth: 1,
    engine: 'libaio',
    jobs: 1,
    size: '1Gi',
    files: 1,
    runtime: '30s',
    rampTime: '0s',
    direct: true,
    fdatasync: 0,
    thread: false,
    workers: 1,
    volume: { emptyDir: {} },
    extraArgs: [],
    ...changes,
  };
}
