import { describe, expect, test } from '@jest/globals';
import type { Affinity, Placement } from '../api/types.ts';
import { placementOf, topologyOf } from './placement.ts';
import { benchmark, role } from './testing/builders.ts';
import { tolerationsOf } from './tolerations.ts';

const hostname = 'kubernetes.io/hostname';
const own = { 'assay.dev/benchmark-uid': 'uid-net', 'assay.dev/attempt': '0' };
const siblings = { labelSelector: { matchLabels: own }, topologyKey: hostname };
const strangers = {
  labelSelector: {
    matchExpressions: [
      { key: 'assay.dev/benchmark-uid', operator: 'Exists' },
      { key: 'assay.dev/benchmark-uid', operator: 'NotIn', values: ['uid-net'] },
    ],
  },
  namespaceSelector: {},
  topologyKey: hostname,
};

function affinity(placement: Placement, name = 'server'): Affinity | undefined {
  return placementOf(benchmark({ placement }), role({ name }), 0).affinity;
}

function required<T extends object>(terms: T[]) {
  return { requiredDuringSchedulingIgnoredDuringExecution: terms };
}

describe('topology', () => {
  test.each<[string, Placement, object | undefined]>([
    ['Any asks for nothing', { topology: 'Any', exclusive: 'None' }, undefined],
    ['SameNode: to the siblings', { topology: 'SameNode', exclusive: 'None' }, { podAffinity: required([siblings]) }],
    ['OnePerNode: away from the siblings', { topology: 'OnePerNode', exclusive: 'None' }, { podAntiAffinity: required([siblings]) }],
    [
      'DifferentNodes: away from the other roles',
      { topology: 'DifferentNodes', exclusive: 'None' },
      {
        podAntiAffinity: required([
          {
            labelSelector: { matchLabels: own, matchExpressions: [{ key: 'assay.dev/role', operator: 'NotIn', values: ['server'] }] },
            topologyKey: hostname,
          },
        ]),
      },
    ],
    [
      'a node of its own: away from all other benchmarks, whatever their namespace',
      { topology: 'Any', exclusive: 'Node' },
      { podAntiAffinity: required([strangers]) },
    ],
    ['wider scopes are the queue, not the scheduler', { topology: 'Any', exclusive: 'Cluster' }, undefined],
  ])('%s', (_, placement, expected) => {
    expect(affinity(placement)).toEqual(expected);
  });

  test('is the one of the workload unless the spec or named nodes say otherwise', () => {
    expect([
      topologyOf({ iperf: {} }),
      topologyOf({ iperf: {}, placement: { topology: 'SameNode' } }),
      topologyOf({ iperf: {}, placement: { nodes: { server: 'a', client: 'a' } } }),
    ]).toEqual(['DifferentNodes', 'SameNode', 'Any']);
  });
});

const term = (zone: string) => ({ matchExpressions: [{ key: 'zone', operator: 'In' as const, values: [zone] }] });

describe('named nodes', () => {
  const field = { key: 'metadata.name', operator: 'In', values: ['worker-1'] };

  test('are asked of the scheduler, for the role that they are named for', () => {
    const placement: Placement = { exclusive: 'None', nodes: { server: 'worker-1' } };
    expect([affinity(placement, 'server'), affinity(placement, 'client')]).toEqual([
      { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [field] }] } } },
      undefined,
    ]);
  });

  test("stay beside the fields and preferences that the user's terms have already", () => {
    const wanted = { matchFields: [{ key: 'metadata.name', operator: 'NotIn' as const, values: ['worker-9'] }] };
    const nodeAffinity = {
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: term('a') }],
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [wanted] },
    };
    expect(affinity({ exclusive: 'None', nodes: { server: 'worker-1' }, affinity: { nodeAffinity } })?.nodeAffinity).toEqual({
      ...nodeAffinity,
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
    });
  });
});

describe('what nobody asked for is not written', () => {
  const plain: Placement = { topology: 'Any', exclusive: 'None' };

  test('a role of one pod has no wishes at all, but to leave a node that is lost', () => {
    expect(placementOf(benchmark({ placement: plain }), role(), 0)).toEqual({ tolerations: tolerationsOf() });
  });

  test("the user's affinity stays as it is where nothing is added", () => {
    const user: Affinity = {
      podAffinity: required([{ topologyKey: 'zone' }]),
      nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] },
    };
    expect(affinity({ ...plain, affinity: user })).toEqual(user);
  });
});

test('a pod keeps to those of its own attempt: the ones before may still be ending', () => {
  const second = placementOf(benchmark({ placement: { topology: 'SameNode', exclusive: 'None' } }), role(), 2).affinity;
  expect(second?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.[0]?.labelSelector?.matchLabels).toEqual({
    'assay.dev/benchmark-uid': 'uid-net',
    'assay.dev/attempt': '2',
  });
});

test('a pod keeps away from those of earlier attempts, which may run on where nobody could end them', () => {
  const second = placementOf(benchmark({ placement: { topology: 'Any', exclusive: 'None' } }), role(), 1).affinity;
  expect(second?.podAntiAffinity).toEqual(
    required([
      {
        labelSelector: {
          matchLabels: { 'assay.dev/benchmark-uid': 'uid-net' },
          matchExpressions: [{ key: 'assay.dev/attempt', operator: 'NotIn', values: ['1'] }],
        },
        topologyKey: hostname,
      },
    ]),
  );
});

test('a node of its own is the rule where nothing is said', () => {
  expect(affinity({ topology: 'Any' })).toEqual({ podAntiAffinity: required([strangers]) });
});

test('wishes that are no requirement stay beside the requirements', () => {
  const preferredDuringSchedulingIgnoredDuringExecution = [{ weight: 1, podAffinityTerm: { topologyKey: 'zone' } }];
  const user: Affinity = { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution } };
  expect(affinity({ topology: 'OnePerNode', exclusive: 'None', affinity: user })).toEqual({
    podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution, ...required([siblings]) },
  });
});

test("the user's own terms stay beside those of topology and exclusiveness", () => {
  const user = { topologyKey: 'zone', labelSelector: { matchLabels: { app: 'db' } } };
  expect(affinity({ topology: 'SameNode', affinity: { podAntiAffinity: required([user]), podAffinity: required([user]) } })).toEqual({
    podAffinity: required([user, siblings]),
    podAntiAffinity: required([user, strangers]),
  });
});

test('node selector and tolerations are taken over', () => {
  const placement: Placement = { nodeSelector: { disk: 'nvme' }, tolerations: [{ key: 'bench', operator: 'Exists' }] };
  expect(placementOf(benchmark({ placement }), role(), 0)).toMatchObject({
    nodeSelector: { disk: 'nvme' },
    tolerations: [{ key: 'bench', operator: 'Exists' }, ...tolerationsOf()],
  });
});

test('replicas are spread evenly, as far as there is room', () => {
  expect(placementOf(benchmark(), role({ name: 'worker', replicas: 4 }), 1).topologySpreadConstraints).toEqual([
    {
      maxSkew: 1,
      topologyKey: hostname,
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: { 'assay.dev/benchmark-uid': 'uid-net', 'assay.dev/attempt': '1', 'assay.dev/role': 'worker' } },
    },
  ]);
});
