import { expect, test } from '@jest/globals';
import type { BenchmarkSpec } from '../operator/api/types.ts';
import { outlasts } from './outlasts.ts';

test.each<[string, BenchmarkSpec, boolean]>([
  ['as long as the default limit', { iperf: { duration: '30m' } }, false],
  ['longer than the default limit', { iperf: { duration: '31m' } }, true],
  ['within a limit of its own', { iperf: { duration: '2h' }, timeouts: { running: '3h' } }, false],
  ['longer than a limit of its own', { sleep: { duration: '10s' }, timeouts: { running: '5s' } }, true],
  ['of no workload', {}, false],
])('a run %s: %j', (_, spec, longer) => {
  expect(outlasts(spec)).toBe(longer);
});
