import { expect, test } from '@jest/globals';
import { capabilitiesFor } from '../registry.ts';
import { sample, sampleNames, values } from '../testing.ts';
import { parseOpenFoam } from './parse.ts';
import { openFoamSamples, parameters } from './testing.ts';
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

test.each(sampleNames(openFoamSamples).filter((name) => !name.startsWith('err_')))(
  '%s has every metric that there is, none below nothing',
  (name) => {
    const found = values(parseOpenFoam(sample(openFoamSamples, name)));
    expect(Object.keys(found)).toEqual(openFoam.metrics.map((metric) => metric.name));
    expect(Object.values(found).filter((value) => !(value >= 0))).toEqual([]);
  },
);
