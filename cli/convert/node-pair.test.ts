import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../operator/kube/merge-patch.ts';
import { mentionsPair, pairNodes, withoutPair } from './node-pair.ts';

const [first, second] = pairNodes;
const requirement = (key: string, values: string[]) => ({ key, operator: 'In', values });
const affinity = (...matchExpressions: JsonObject[]): JsonObject => ({
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] } } },
});

describe('without the pair', () => {
  test.each<[string, JsonObject, JsonObject]>([
    ['an affinity to it goes whole', { placement: affinity(requirement('host', [first, second])), retries: 1 }, { retries: 1 }],
    [
      'what else an affinity asks for stays',
      affinity(requirement('host', [first, second]), requirement('pool', ['hpc'])),
      affinity(requirement('pool', ['hpc'])),
    ],
    ['nodes by role go', { placement: { nodes: { server: first, client: second }, topology: 'Any' } }, { placement: { topology: 'Any' } }],
    ['the rest stays as it is', { a: [], b: {}, c: ['x'], d: null }, { a: [], b: {}, c: ['x'], d: null }],
  ])('%s', (_, spec, cleaned) => {
    expect(withoutPair(spec)).toEqual(cleaned);
  });
});

test.each([
  [true, { pod: { labels: { of: `x-${first}` } } }],
  [false, { pod: {} }],
])('it is still spoken of: %s', (speaks, spec) => {
  expect(mentionsPair(withoutPair(spec))).toBe(speaks);
});
