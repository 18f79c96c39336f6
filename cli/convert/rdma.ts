import { commonFields, type Draft } from './common.ts';
import type { Source } from './source.ts';

/** RDMABandwidth of the first generation: all message sizes, by RDMA CM. */
export function convertRDMABandwidth(spec: Source): Draft {
  return { ...commonFields(spec), rdmaBandwidth: { ...test(spec), queuePairs: spec.take('qps') } };
}

/** RDMALatency of the first generation. */
export function convertRDMALatency(spec: Source): Draft {
  return { ...commonFields(spec), rdmaLatency: test(spec) };
}

function test(spec: Source): Draft {
  return { mode: spec.take('mode'), iterations: spec.take('iterations'), extraArgs: spec.take('extraArgs') };
}
