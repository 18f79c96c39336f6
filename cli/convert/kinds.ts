import { convertFio } from './fio.ts';
import type { Draft } from './common.ts';
import { convertIPerf } from './iperf.ts';
import { convertMPIPingPong } from './mpi-ping-pong.ts';
import { convertOpenFOAM } from './open-foam.ts';
import { convertPyTorch } from './py-torch.ts';
import { convertRDMABandwidth, convertRDMALatency } from './rdma.ts';
import type { Source } from './source.ts';
import { convertSuccessorIPerf, convertSuccessorRDMABandwidth, convertSuccessorRDMALatency } from './successor.ts';

/** Makes a spec of ours of theirs. */
export type Converter = (spec: Source) => Draft;

export type Generation = 'stackhpc' | 'nscale';

/** By generation and kind. */
export const converters: Readonly<Record<Generation, ReadonlyMap<string, Converter>>> = {
  stackhpc: new Map<string, Converter>([
    ['IPerf', convertIPerf],
    ['MPIPingPong', convertMPIPingPong],
    ['OpenFOAM', convertOpenFOAM],
    ['RDMABandwidth', convertRDMABandwidth],
    ['RDMALatency', convertRDMALatency],
    ['Fio', convertFio],
    ['PyTorch', convertPyTorch],
  ]),
  nscale: new Map<string, Converter>([
    ['IPerf', convertSuccessorIPerf],
    ['RDMABandwidth', convertSuccessorRDMABandwidth],
    ['RDMALatency', convertSuccessorRDMALatency],
  ]),
};

const groups: Readonly<Record<string, Generation>> = {
  'perftest.stackhpc.com/v1alpha1': 'stackhpc',
  'perftest.nscale.com/v1alpha1': 'nscale',
};

/** Which generation an object is of; undefined for any other. */
export function generationOf(apiVersion: unknown): Generation | undefined {
  return typeof apiVersion === 'string' && Object.hasOwn(groups, apiVersion) ? groups[apiVersion] : undefined;
}

export const apiVersions: readonly string[] = Object.keys(groups);
