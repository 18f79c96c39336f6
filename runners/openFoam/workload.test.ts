import { expect, test } from '@jest/globals';
import { capabilitiesFor } from '../registry.ts';
import { parameters } from './testing.ts';
import { openFoam } from './workload.ts';

test('the summary shows how fast cells are computed', () => {
  expect(openFoam.headline(parameters())).toBe('cellUpdatesPerSecond');
});

test.each([
  ['TCP', []],
  ['RDMA', ['IPC_LOCK']],
] as const)('over %s its pods need the capabilities %j', (transport, capabilities) => {
  expect(capabilitiesFor({ workload: openFoam, parameters: parameters({ transport, processes: 2, nodes: 2 }) })).toEqual(capabilities);
});
