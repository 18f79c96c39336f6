import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { byTurn, contested, verdictFor } from './admission.ts';
import type { Claimant, Scope, Tenant } from './admission.ts';

function tenant(name: string, scope: Scope, more: Partial<Tenant> = {}): Tenant {
  const namespace = more.namespace ?? 'bench';
  return { uid: name, key: `${namespace}/${name}`, namespace, scope, nodes: [], pinned: false, placing: false, ...more };
}

function claimant(name: string, scope: Scope, more: Partial<Claimant> = {}): Claimant {
  return { ...tenant(name, scope, { placing: true, ...more }), priority: 0, createdAt: 0, ...more };
}

const elsewhere = { namespace: 'other' };
const onOne = { nodes: ['node-1'], pinned: true };
const onTwo = { nodes: ['node-2'], pinned: true };

describe('two that may not share', () => {
  test.each<[string, Claimant, Tenant, Scope | undefined]>([
    ['nobody minds', claimant('a', 'None'), tenant('b', 'None'), undefined],
    ['the cluster, wanted by the new one', claimant('a', 'Cluster'), tenant('b', 'None', elsewhere), 'Cluster'],
    ['the cluster, held by the other', claimant('a', 'None'), tenant('b', 'Cluster', elsewhere), 'Cluster'],
    ['the namespace, wanted by the new one', claimant('a', 'Namespace'), tenant('b', 'None'), 'Namespace'],
    ['the namespace, held by the other', claimant('a', 'None'), tenant('b', 'Namespace'), 'Namespace'],
    ['other namespaces', claimant('a', 'Namespace'), tenant('b', 'Namespace', elsewhere), undefined],
    ['the same node', claimant('a', 'Node', onOne), tenant('b', 'None', onOne), 'Node'],
    ['the same node of another namespace', claimant('a', 'Node', onOne), tenant('b', 'Node', { ...onOne, ...elsewhere }), 'Node'],
    ['a node that is held exclusively', claimant('a', 'None', onOne), tenant('b', 'Node', onOne), 'Node'],
    ['other nodes', claimant('a', 'Node', onOne), tenant('b', 'Node', onTwo), undefined],
    [
      'other nodes, both named in advance and not yet there',
      claimant('a', 'Node', onOne),
      tenant('b', 'Node', { ...onTwo, placing: true }),
      undefined,
    ],
    [
      'one that looks for nodes itself, beside one that has them',
      claimant('a', 'Node'),
      tenant('b', 'Node', { nodes: ['node-2'] }),
      undefined,
    ],
    ['two that look for nodes', claimant('a', 'Node'), tenant('b', 'Node', { placing: true }), 'Node'],
    ['one with a named node, beside one that looks', claimant('a', 'Node', onOne), tenant('b', 'Node', { placing: true }), 'Node'],
    [
      'one that looks, beside one that waits for its named node',
      claimant('a', 'Node'),
      tenant('b', 'Node', { ...onOne, placing: true }),
      'Node',
    ],
    ['one that shares nodes, beside one that looks', claimant('a', 'None'), tenant('b', 'Node', { placing: true }), 'Node'],
    ['one that looks, beside one that shares nodes and looks', claimant('a', 'Node'), tenant('b', 'None', { placing: true }), 'Node'],
    [
      'one that looks, beside one that shares nodes and has them',
      claimant('a', 'Node'),
      tenant('b', 'None', { nodes: ['node-1'] }),
      undefined,
    ],
    ['two that share nodes and look', claimant('a', 'None'), tenant('b', 'Namespace', { ...elsewhere, placing: true }), undefined],
  ])('%s', (_, one, other, expected) => {
    expect(contested(one, other)).toBe(expected);
  });
});

describe('turns', () => {
  test.each<[string, Claimant[], string[]]>([
    ['who came first', [claimant('late', 'Node', { createdAt: 2 }), claimant('early', 'Node', { createdAt: 1 })], ['early', 'late']],
    [
      'priority before time',
      [claimant('early', 'Node', { createdAt: 1 }), claimant('urgent', 'Node', { createdAt: 2, priority: 5 })],
      ['urgent', 'early'],
    ],
    ['names between equals', [claimant('b', 'Node'), claimant('a', 'Node')], ['a', 'b']],
  ])('%s', (_, claimants, order) => {
    expect(claimants.toSorted(byTurn).map(({ uid }) => uid)).toEqual(order);
  });
});

describe('verdict', () => {
  const mine = claimant('mine', 'Cluster');

  test('admits where nobody is in the way', () => {
    const holders = [tenant('b', 'Node', { ...elsewhere, nodes: ['node-1'] })];
    expect(verdictFor(claimant('mine', 'Namespace'), holders, [claimant('c', 'None', elsewhere)])).toEqual({ admitted: true });
  });

  test('is not in its own way', () => {
    expect(verdictFor(mine, [tenant('mine', 'Cluster')], [])).toEqual({ admitted: true });
  });

  test.each<[string, Claimant, Tenant[], Claimant[], string]>([
    ['who holds the place', mine, [tenant('b', 'None')], [], 'place 1 in the queue for the cluster: bench/b runs'],
    [
      'who is being placed',
      claimant('mine', 'Node'),
      [tenant('b', 'Node', { placing: true })],
      [],
      'place 1 in the queue for a node of its own: bench/b is being placed',
    ],
    [
      'how many come first',
      mine,
      [tenant('b', 'None')],
      [claimant('c', 'Node'), claimant('d', 'None')],
      'place 3 in the queue for the cluster: bench/b runs',
    ],
    [
      'who comes first where nobody holds it',
      mine,
      [],
      [claimant('c', 'Node')],
      'place 2 in the queue for the cluster: bench/c comes first',
    ],
    ['which namespace', claimant('mine', 'Namespace'), [tenant('b', 'None')], [], 'place 1 in the queue for namespace bench: bench/b runs'],
    ['which node', claimant('mine', 'Node', onOne), [tenant('b', 'None', onOne)], [], 'place 1 in the queue for node node-1: bench/b runs'],
  ])('names %s', (_, one, holders, ahead, message) => {
    expect(verdictFor(one, holders, ahead)).toEqual({ admitted: false, message });
  });

  test('who waits for its node is not overtaken by runs of other namespaces that may land there', () => {
    const pair = claimant('pair', 'Node', onOne);
    const younger = claimant('younger', 'Namespace', elsewhere);
    const busy = [tenant('older', 'Namespace', { ...elsewhere, nodes: ['node-1'] })];
    expect(verdictFor(pair, busy, []).admitted).toBe(false);
    expect(verdictFor(younger, [], [pair])).toEqual({
      admitted: false,
      message: 'place 2 in the queue for a node of its own: bench/pair comes first',
    });
    expect(verdictFor({ ...younger, ...onTwo }, [], [pair])).toEqual({ admitted: true });
  });

  test('those ahead that want something else are not waited for', () => {
    expect(verdictFor(claimant('mine', 'Namespace'), [], [claimant('c', 'Namespace', elsewhere)])).toEqual({ admitted: true });
  });
});

// Admitting one after the other, as the operator does, must neither let two share what one wants alone nor stop for ever.
test('whatever comes, nobody shares what is exclusive, and everybody gets a turn', () => {
  const arrival = fc.record({
    scope: fc.constantFrom<Scope>('None', 'Node', 'Namespace', 'Cluster'),
    namespace: fc.constantFrom('red', 'blue'),
    nodes: fc.constantFrom([], ['node-1'], ['node-1', 'node-2']),
    priority: fc.integer({ min: 0, max: 2 }),
    createdAt: fc.integer({ min: 0, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(arrival, { maxLength: 12 }), (arrivals) => {
      let waiting = arrivals
        .map(({ nodes, ...more }, index) => claimant(`b${index}`, more.scope, { ...more, nodes, pinned: nodes.length > 0 }))
        .toSorted(byTurn);
      for (let round = 0; waiting.length > 0 && round <= arrivals.length; round++) {
        const holders: Tenant[] = [];
        const rest: Claimant[] = [];
        for (const one of waiting) (verdictFor(one, holders, rest).admitted ? holders : rest).push(one);
        for (const one of holders) expect(holders.filter((other) => other !== one && contested(one, other) !== undefined)).toEqual([]);
        expect(holders.length).toBeGreaterThan(0);
        waiting = rest;
      }
      expect(waiting).toEqual([]);
    }),
  );
});
