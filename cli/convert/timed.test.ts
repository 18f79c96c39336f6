import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../operator/kube/merge-patch.ts';
import { timed } from './timed.ts';

test.each<[string, JsonObject, object | undefined]>([
  ['as long as ours may take by itself', { iperf: { duration: '30m' } }, undefined],
  ['longer', { iperf: { duration: '31m' } }, { running: '24h' }],
  ['of a time that is none', { iperf: { duration: 'soon' } }, undefined],
  ['of no workload', {}, undefined],
])('a run %s', (_, spec, timeouts) => {
  expect(timed(spec)).toEqual(timeouts === undefined ? spec : { ...spec, timeouts });
});
