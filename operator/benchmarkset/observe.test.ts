import { describe, expect, test } from '@jest/globals';
import { benchmarkSet, membersOf, observed, setOf, statusOf } from './builders.ts';
import type { Fate } from './builders.ts';
import { countCells, countMembers } from './count.ts';
import { memberFrom, ownership } from './member.ts';
import type { OwnerReference } from '../kube/object.ts';

const owner = (more: Partial<OwnerReference> = {}): OwnerReference => ({
  apiVersion: 'assay.dev/v1alpha1',
  kind: 'BenchmarkSet',
  name: 'net',
  uid: 'uid-1',
  controller: true,
  ...more,
});

describe('ownership', () => {
  test.each<[string, OwnerReference[], string]>([
    ['the set itself', [owner()], 'Own'],
    ['a set of the same name before it', [owner({ uid: 'uid-0' })], 'Leftover'],
    ['another set', [owner({ name: 'disk' })], 'Foreign'],
    ['another kind of the same name', [owner({ kind: 'Benchmark' })], 'Foreign'],
    ['an owner that does not control', [owner({ controller: false })], 'Foreign'],
    ['nobody', [], 'Foreign'],
  ])('of %s', (_, ownerReferences, whose) => {
    expect(ownership({ metadata: { name: 'net-0-0', ownerReferences } }, benchmarkSet())).toBe(whose);
  });
});

describe('memberFrom', () => {
  const [created] = membersOf(setOf(1), ['New']).values();
  if (!created) throw new Error('no member');

  test.each([
    ['Pending', 'Pending'],
    ['Suspended', 'Pending'],
    ['Preparing', 'Running'],
    ['Running', 'Running'],
    ['Collecting', 'Running'],
    ['Succeeded', 'Succeeded'],
    ['Failed', 'Failed'],
    ['Cancelled', 'Cancelled'],
  ] as const)('phase %s is state %s', (phase, state) => {
    expect(memberFrom({ ...created, status: statusOf(phase) }).state).toBe(state);
  });

  test('without a status it waits', () => {
    expect(memberFrom(created)).toEqual({ name: 'net-0-0', state: 'Pending', suspend: false, cancel: false });
  });

  test('an ended one took from its creation to the condition that ended it', () => {
    expect(memberFrom({ ...created, status: statusOf('Failed') }).took).toBe(10_000);
  });

  test('a clock that went back gives no negative time', () => {
    const metadata = { ...created.metadata, creationTimestamp: '2026-11-21T13:00:00Z' };
    expect(memberFrom({ ...created, metadata, status: statusOf('Succeeded') }).took).toBe(0);
  });
});

const unlabelled: Fate = (member) => ({ ...member, metadata: { ...member.metadata, labels: {} }, status: { phase: 'Running' } });
const foreign: Fate = (member) => ({ ...member, metadata: { ...member.metadata, ownerReferences: [] } });

describe('observe', () => {
  test('members are found by name though their labels are gone', () => {
    expect([...observed(setOf(2), [unlabelled]).members.keys()]).toEqual(['net-0-0']);
  });

  test('missing runs keep the order of the plan', () => {
    expect(observed(setOf(4), [undefined, 'Running']).missing.map(({ name }) => name)).toEqual(['net-0-0', 'net-2-0', 'net-3-0']);
  });

  test('a foreign object of a member’s name is a conflict and no member', () => {
    const seen = observed(setOf(2), [foreign, 'Running']);
    expect(seen.conflicts).toEqual(['net-0-0']);
    expect(seen.members.size).toBe(1);
  });
});

describe('counts', () => {
  test('by state add up to the total', () => {
    const seen = observed(setOf(8), ['New', 'Running', 'Collecting', 'Succeeded', 'Failed', 'Cancelled', 'Suspended']);
    expect(countMembers(seen)).toEqual({ total: 8, pending: 3, running: 2, succeeded: 1, failed: 1, cancelled: 1 });
  });

  test.each<[string, Fate[], number]>([
    ['all runs ended well', ['Succeeded', 'Succeeded'], 1],
    ['one of them failed', ['Failed', 'Succeeded'], 1],
    ['all of them failed', ['Failed', 'Failed'], 0],
    ['one is open', ['Succeeded', 'Running'], 0],
    ['one is missing', ['Succeeded'], 0],
  ])('a cell is decided or not: %s', (_, fates, decided) => {
    expect(countCells(observed(setOf(1, { repetitions: 2 }), fates))).toEqual({ total: 1, decided });
  });

  test('warm-up decides nothing', () => {
    expect(countCells(observed(setOf(1, { warmup: 1 }), ['Succeeded']))).toEqual({ total: 1, decided: 0 });
    expect(countCells(observed(setOf(1, { warmup: 1 }), ['Failed', 'Succeeded']))).toEqual({ total: 1, decided: 1 });
  });
});
