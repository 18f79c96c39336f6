import { describe, expect, test } from '@jest/globals';
import type { Placement } from '../api/types.ts';
import type { Run } from './backend.ts';
import { attemptLabels } from './labels.ts';
import { keptOff, neighbourLabels } from './neighbours.ts';
import { benchmark, role } from './testing/builders.ts';

const roles = [role({ name: 'server' }), role({ name: 'client' })];

/** An attempt of a pair. @param uid of the benchmark */
function pair(placement: Placement, { uid = 'net', attempt = 0 }: { uid?: string; attempt?: number } = {}): Run {
  return { benchmark: benchmark({ placement }, { uid }), attempt, roles, peers: {} };
}

interface Expression {
  key: string;
  operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  values?: string[];
}

/** Whether the rule of one pod matches another, as the scheduler reads it. */
function repels(one: Run, oneRole: string, other: Run, otherRole: string): boolean {
  const of: Record<string, string> = { ...attemptLabels(other.benchmark, other.attempt), ...neighbourLabels(other, otherRole) };
  const expressions: Expression[] = keptOff(one, oneRole).labelSelector?.matchExpressions ?? [];
  return expressions.every(({ key, operator, values = [] }) => {
    const value = of[key];
    if (operator === 'Exists') return value !== undefined;
    return operator === 'In' ? values.includes(value ?? '') : !values.includes(value ?? '');
  });
}

describe('pods of one attempt', () => {
  test.each<[NonNullable<Placement['topology']>, sameRole: boolean, otherRole: boolean]>([
    ['Any', false, false],
    ['SameNode', false, false],
    ['DifferentNodes', false, true],
    ['OnePerNode', true, true],
  ])('%s: a server keeps off a server %s, off a client %s', (topology, same, other) => {
    for (const exclusive of ['Node', 'None', 'Namespace', 'Cluster'] as const) {
      const run = pair({ topology, exclusive });
      const sameRole = repels(run, 'server', run, 'server');
      const otherRole = repels(run, 'server', run, 'client');
      expect({ exclusive, sameRole, otherRole }).toEqual({ exclusive, sameRole: same, otherRole: other });
    }
  });
});

describe('pods of two benchmarks', () => {
  test.each<[Placement['exclusive'], Placement['exclusive'], boolean]>([
    [undefined, undefined, true],
    ['Node', 'None', true],
    ['None', 'Node', true],
    ['Namespace', 'Node', true],
    ['Cluster', 'Node', true],
    ['None', 'None', false],
    ['Namespace', 'None', false],
    ['Cluster', 'Namespace', false],
  ])('exclusive %s beside %s: keep off each other %s', (mine, theirs, apart) => {
    const [one, other] = [pair({ ...(mine && { exclusive: mine }) }), pair({ ...(theirs && { exclusive: theirs }) }, { uid: 'disk' })];
    // Both ways: the scheduler wakes a pod by its own rule only, not by those of the pods that were there.
    expect([repels(one, 'client', other, 'client'), repels(other, 'client', one, 'client')]).toEqual([apart, apart]);
  });

  test('their namespaces do not matter', () => {
    expect(keptOff(pair({}), 'server').namespaceSelector).toEqual({});
  });
});

describe('attempts of one benchmark', () => {
  test.each(['Node', 'None'] as const)('a later one keeps off the earlier ones, exclusive %s', (exclusive) => {
    const [first, third] = [pair({ exclusive, topology: 'Any' }), pair({ exclusive, topology: 'Any' }, { attempt: 2 })];
    expect(repels(third, 'server', first, 'server')).toBe(true);
  });
});

test('a pod that is none of Assay is nobody that matters', () => {
  const { labelSelector } = keptOff(pair({}), 'server');
  expect(labelSelector?.matchExpressions?.[0]).toEqual({ key: 'assay.dev/benchmark-uid', operator: 'Exists' });
});

test('label values stay within 63 characters', () => {
  const uid = '01234567-89ab-cdef-0123-456789abcdef';
  const values = Object.values(neighbourLabels(pair({ exclusive: 'None' }, { uid, attempt: 20 }), 'a-role-of-18-chars'));
  expect(values.map((value) => value.length <= 63)).toEqual([true, true]);
});
