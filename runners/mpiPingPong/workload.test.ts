import { expect, test } from '@jest/globals';
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
