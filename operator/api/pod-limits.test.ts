import { expect, test } from '@jest/globals';
import { podLimits } from './pod-limits.ts';
import type { BenchmarkSpec } from './types.ts';

const gpu = 'nvidia.com/gpu';
const limited = (limits: Record<string, string | number>) => ({ pod: { resources: { limits } } });

test.each<[string, BenchmarkSpec, object]>([
  ['nothing', {}, {}],
  ['no limits', { pod: { resources: { requests: { cpu: 1 } } } }, {}],
  ['limits of all pods', limited({ cpu: 2 }), { cpu: 2 }],
  ['limits of the role', { roles: { worker: limited({ [gpu]: 1 }) } }, { [gpu]: 1 }],
  [
    "limits of all pods and, over them, the role's",
    { ...limited({ cpu: 2, [gpu]: 1 }), roles: { worker: limited({ [gpu]: 4 }) } },
    { cpu: 2, [gpu]: 4 },
  ],
  ['limits of another role', { roles: { server: limited({ cpu: 1 }) } }, {}],
])('of a spec with %s', (_, spec, expected) => {
  expect(podLimits(spec)('worker')).toEqual(expected);
});

test('of a role that objects inherit are those of all pods', () => {
  expect(podLimits({ ...limited({ cpu: 2 }), roles: {} })('constructor')).toEqual({ cpu: 2 });
});
