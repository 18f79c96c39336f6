import { describe, expect, test } from '@jest/globals';
import type { Placement } from '../api/types.ts';
import type { LabelSelector } from '../kube/label-selector.ts';
import { chooseNodes, leftOutText, type Node } from './node-choice.ts';

const ready = { conditions: [{ type: 'Ready', status: 'True' }] };
const node = (name: string, more: Partial<Node> = {}, labels: Record<string, string> = {}): Node => ({
  metadata: { name, labels },
  status: ready,
  ...more,
});
const tainted = (effect: string, value?: string) =>
  node('a', { spec: { taints: [{ key: 'team', effect, ...(value !== undefined && { value }) }] } });
const choose = (nodes: Node[], selector: LabelSelector = {}, placement: Placement = {}) => chooseNodes(nodes, selector, placement);

describe('nodes that match', () => {
  const pool = [node('c', {}, { pool: 'hpc', zone: 'x' }), node('a', {}, { pool: 'hpc' }), node('b')];

  test('are all, sorted, without a selector', () => {
    expect(choose(pool).nodes).toEqual(['a', 'b', 'c']);
  });

  test.each<[string, LabelSelector, Placement, string[]]>([
    ['labels', { matchLabels: { pool: 'hpc' } }, {}, ['a', 'c']],
    ['expressions', { matchExpressions: [{ key: 'pool', operator: 'DoesNotExist' }] }, {}, ['b']],
    ["the template's node selector", {}, { nodeSelector: { zone: 'x' } }, ['c']],
    ['both', { matchLabels: { pool: 'other' } }, { nodeSelector: { zone: 'x' } }, []],
  ])('by %s', (_, selector, placement, names) => {
    expect(choose(pool, selector, placement)).toEqual({ nodes: names, leftOut: [] });
  });
});

describe('nodes on which no pod would start are left out, with the cause', () => {
  test.each<[string, Node]>([
    ['a (not ready)', node('a', { status: { conditions: [{ type: 'Ready', status: 'Unknown' }] } })],
    ['a (not ready)', node('a', { status: {} })],
    [
      'a (cordoned)',
      node('a', { spec: { unschedulable: true, taints: [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }] } }),
    ],
    ['a (taint team:NoSchedule)', tainted('NoSchedule')],
    ['a (taint team:NoExecute)', tainted('NoExecute')],
  ])('%s', (said, given) => {
    expect(choose([given])).toEqual({ nodes: [], leftOut: [said] });
  });

  test('but not those that do not match', () => {
    expect(choose([node('a', { status: {} })], { matchLabels: { pool: 'hpc' } }).leftOut).toEqual([]);
  });
});

describe('a taint', () => {
  test('that only asks to be avoided is no hindrance', () => {
    expect(choose([tainted('PreferNoSchedule')]).nodes).toEqual(['a']);
  });

  test.each<[boolean, NonNullable<Placement['tolerations']>[number]]>([
    [true, { key: 'team', operator: 'Exists' }],
    [true, { operator: 'Exists' }],
    [true, { key: 'team', value: 'net' }],
    [true, { key: 'team', value: 'net', effect: 'NoSchedule' }],
    [false, { key: 'team', value: 'disk' }],
    [false, { key: 'team' }],
    [false, { key: 'other', operator: 'Exists' }],
    [false, { key: 'team', operator: 'Exists', effect: 'NoExecute' }],
    [false, {}],
  ])('is tolerated: %s, by %j', (tolerated, toleration) => {
    expect(choose([tainted('NoSchedule', 'net')], {}, { tolerations: [toleration] }).nodes).toEqual(tolerated ? ['a'] : []);
  });

  test('needs a toleration of its own', () => {
    const two = node('a', { spec: { taints: ['x', 'y'].map((key) => ({ key, effect: 'NoSchedule' })) } });
    expect(choose([two], {}, { tolerations: [{ key: 'x', operator: 'Exists' }] }).leftOut).toEqual(['a (taint y:NoSchedule)']);
  });
});

test.each([
  [0, ''],
  [2, '; left out: n0, n1'],
  [12, '; left out: n0, n1, n2, n3, n4, n5, n6, n7, n8, n9 and 2 more'],
])('%d left out in words', (count, text) => {
  expect(leftOutText({ nodes: [], leftOut: Array.from({ length: count }, (_, index) => `n${index}`) })).toBe(text);
});
