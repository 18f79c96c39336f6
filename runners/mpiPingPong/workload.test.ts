import { expect, test } from '@jest/globals';
import { capabilitiesFor } from '../registry.ts';
import { parameters } from './testing.ts';
import { mpiPingPong } from './workload.ts';

test.each([
  ['pingpong', 'peakBandwidth'],
  ['sendrecv', 'peakBandwidth'],
  ['uniband', 'peakBandwidth'],
  ['allreduce', 'minimumLatency'],
  ['barrier', 'minimumLatency'],
] as const)('the summary of %s is its %s', (benchmark, metric) => {
  expect(mpiPingPong.headline(parameters({ benchmarks: [benchmark, 'bcast'] }))).toBe(metric);
});

test.each([
  ['TCP', []],
  ['RDMA', ['IPC_LOCK']],
] as const)('over %s its pods need the capabilities %j', (transport, capabilities) => {
  expect(capabilitiesFor({ workload: mpiPingPong, parameters: parameters({ transport }) })).toEqual(capabilities);
});
