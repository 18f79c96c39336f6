import { describe, expect, test } from '@jest/globals';
import type { Affinity, BenchmarkSpec, Placement } from '../api/types.ts';
import { keptOff } from './neighbours.ts';
import { placementOf } from './placement.ts';
import { role, run } from './testing/builders.ts';
import { tolerationsOf } from './tolerations.ts';

const hostname = 'kubernetes.io/hostname';
const own = { 'assay.dev/benchmark-uid': 'uid-net', 'assay.dev/attempt': '0' };
const siblings = { labelSelector: { matchLabels: own }, topologyKey: hostname };
function affinity(placement: Placement, name = 'server'): Affinity | undefined {
  return placementOf(run({ placement }), role({ name })).affinity;
}

function required<T extends object>(terms: T[]) {
  return { requiredDuringSchedulingIgnoredDuringExecution: terms };
}

test.each<[string, Placement, object | undefined]>([
  ['SameNode asks for the siblings', { topology: 'SameNode' }, required([siblings])],
  ['any other topology asks for nobody', { topology: 'DifferentNodes' }, undefined],
])('%s', (_, placement, expected) => {
  expect(affinity(placement)?.podAffinity).toEqual(expected);
});

test('every pod keeps off the nodes of others by one term', () => {
  const one = run({ placement: { exclusive: 'None' } });
  expect(affinity({ exclusive: 'None' }, 'sleeper')?.podAntiAffinity).toEqual(required([keptOff(one, 'sleeper')]));
});

/** What every pod prefers, after what the user does. */
function late(...before: object[]) {
  const preference = { matchExpressions: [{ key: 'node-role.kubernetes.io/control-plane', operator: 'DoesNotExist' }] };
  return { preferredDuringSchedulingIgnoredDuringExecution: [...before, { weight: 100, preference }] };
}

test('KP-22 control-plane nodes are taken last, and never where they are tainted', () => {
  const { affinity: rules, tolerations = [] } = placementOf(run(), role());
  expect(rules?.nodeAffinity).toEqual(late());
  expect(tolerations.map(({ key }) => key)).toEqual(['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']);
});

const term = (zone: string) => ({ matchExpressions: [{ key: 'zone', operator: 'In' as const, values: [zone] }] });

describe('named nodes', () => {
  const field = { key: 'metadata.name', operator: 'In', values: ['worker-1'] };

  test('KP-23 are asked of the scheduler, for the role that they are named for', () => {
    const placement: Placement = { exclusive: 'None', nodes: { server: 'worker-1' } };
    expect([affinity(placement, 'server')?.nodeAffinity, affinity(placement, 'client')?.nodeAffinity]).toEqual([
      { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [field] }] }, ...late() },
      late(),
    ]);
  });

  test("stay beside the fields and preferences that the user's terms have already", () => {
    const wanted = { matchFields: [{ key: 'metadata.name', operator: 'NotIn' as const, values: ['worker-9'] }] };
    const nodeAffinity = {
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: term('a') }],
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [wanted] },
    };
    expect(affinity({ exclusive: 'None', nodes: { server: 'worker-1' }, affinity: { nodeAffinity } })?.nodeAffinity).toEqual({
      ...late(...nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution),
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [...wanted.matchFields, field] }] },
    });
  });

  test("go into each of the user's alternatives, because one of them is enough", () => {
    const wanted: Affinity = {
      nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term('a'), term('b')] } },
    };
    expect(affinity({ exclusive: 'None', nodes: { server: 'worker-1' }, affinity: wanted })?.nodeAffinity).toEqual({
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [
          { ...term('a'), matchFields: [field] },
          { ...term('b'), matchFields: [field] },
        ],
      },
      ...late(),
    });
  });
});

test('what nobody asked for is not written', () => {
  const { affinity: rules, tolerations, ...more } = placementOf(run(), role());
  expect([Object.keys(rules ?? {}), tolerations, more]).toEqual([['nodeAffinity', 'podAntiAffinity'], tolerationsOf(), {}]);
});

test('a pod keeps to those of its own attempt: the ones before may still be ending', () => {
  const second = placementOf(run({ placement: { topology: 'SameNode' } }, { attempt: 2 }), role()).affinity;
  expect(second?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.[0]?.labelSelector?.matchLabels).toEqual({
    'assay.dev/benchmark-uid': 'uid-net',
    'assay.dev/attempt': '2',
  });
});

test('wishes that are no requirement stay beside the requirements', () => {
  const preferredDuringSchedulingIgnoredDuringExecution = [{ weight: 1, podAffinityTerm: { topologyKey: 'zone' } }];
  const user: Affinity = { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution } };
  expect(affinity({ affinity: user })?.podAntiAffinity).toMatchObject({
    preferredDuringSchedulingIgnoredDuringExecution,
    ...required([{ topologyKey: hostname }]),
  });
});

test("the user's own terms stay beside those of topology and exclusiveness", () => {
  const user = { topologyKey: 'zone', labelSelector: { matchLabels: { app: 'db' } } };
  expect(affinity({ topology: 'SameNode', affinity: { podAntiAffinity: required([user]), podAffinity: required([user]) } })).toMatchObject({
    podAffinity: required([user, siblings]),
    podAntiAffinity: required([user, { topologyKey: hostname }]),
  });
});

test('KP-23 node selector and tolerations are taken over', () => {
  const placement: Placement = { nodeSelector: { disk: 'nvme' }, tolerations: [{ key: 'bench', operator: 'Exists' }] };
  expect(placementOf(run({ placement }), role())).toMatchObject({
    nodeSelector: { disk: 'nvme' },
    tolerations: [{ key: 'bench', operator: 'Exists' }, ...tolerationsOf()],
  });
});

test('KP-22 replicas are spread evenly', () => {
  expect(placementOf(run({}, { attempt: 1 }), role({ name: 'worker', replicas: 4 })).topologySpreadConstraints).toEqual([
    {
      maxSkew: 1,
      topologyKey: hostname,
      whenUnsatisfiable: 'DoNotSchedule',
      nodeTaintsPolicy: 'Honor',
      labelSelector: { matchLabels: { 'assay.dev/benchmark-uid': 'uid-net', 'assay.dev/attempt': '1', 'assay.dev/role': 'worker' } },
    },
  ]);
});

test('KP-22 replicas that may be anywhere are spread as far as there is room', () => {
  const { topologySpreadConstraints } = placementOf(run({ placement: { topology: 'Any' } }), role({ name: 'worker', replicas: 4 }));
  expect(topologySpreadConstraints).toMatchObject([{ whenUnsatisfiable: 'ScheduleAnyway' }]);
});

test('replicas that belong on one node are not spread', () => {
  const spec: BenchmarkSpec = { placement: { topology: 'SameNode' } };
  expect(placementOf(run(spec), role({ name: 'worker', replicas: 4 }))).not.toHaveProperty('topologySpreadConstraints');
});
