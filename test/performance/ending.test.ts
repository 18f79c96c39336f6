import { expect, test } from '@jest/globals';
import { decodeFrame } from '../../measure/frame.ts';
import type { BenchmarkSpec } from '../../operator/api/types.ts';
import { effectiveSpec } from '../../operator/api/parameters.ts';
import type { Pod } from '../../operator/backends/pod.ts';
import { podsBackend } from '../../operator/backends/pods.ts';
import { endedOf } from '../../operator/backends/pod-ending.ts';
import { workloadOf } from '../../runners/registry.ts';
import { benchmark } from './builders.ts';
import { assignmentIn, endedStatus } from './ending.ts';
import { scenarios } from './scenarios.ts';

function podsOf(given: BenchmarkSpec): Pod[] {
  const spec = effectiveSpec(given);
  const chosen = workloadOf(spec);
  const roles = chosen?.workload.plan(chosen.parameters) ?? [];
  const run = { benchmark: { ...benchmark('a'), spec }, attempt: 0, roles, peers: { server: ['10.0.0.1'] } };
  return podsBackend({ tag: 'test' })
    .objects(run, roles)
    .map(({ object }) => object as Pod);
}

test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
  'the end of a %s is one that the operator takes',
  (_, { spec }) => {
    for (const pod of podsOf(spec)) {
      const assignment = assignmentIn(pod);
      if (!assignment) throw new Error('no assignment');
      const status = endedStatus(assignment, 0, 1_000_000, 1_001_000);
      expect(endedOf({ ...pod, status })).toMatchObject({
        frame: 'Verified',
        record: { outcome: 'Succeeded', workload: assignment.workload },
      });
    }
  },
);

test('it ends under no other key', () => {
  const [pod] = podsOf({ sleep: { duration: '1s' } });
  const assignment = pod && assignmentIn(pod);
  if (!assignment) throw new Error('no assignment');
  const status = endedStatus(assignment, 0, 0, 1000);
  const message = status.containerStatuses?.[0]?.state?.terminated?.message ?? '';
  expect(decodeFrame(message, '0'.repeat(64)).frame).toBe('Corrupt');
});

test('a pod of somebody else has no assignment', () => {
  const [pod] = podsOf({ sleep: { duration: '1s' } });
  if (!pod) throw new Error('no pod');
  expect(assignmentIn({ ...pod, spec: { ...pod.spec, containers: [] } })).toBeUndefined();
});
