import { describe, expect, test } from '@jest/globals';
import type { BenchmarkSetSpec, BenchmarkSetStatus } from '../api/types.ts';
import { membersOf, setOf, statusOf } from './builders.ts';
import type { Fate } from './builders.ts';
import { planOf } from './plan.ts';
import { reportOf } from './report.ts';

const reportFor = (spec: Partial<BenchmarkSetSpec>, fates: Fate[] = [], status?: BenchmarkSetStatus) => {
  const set = setOf(2, spec, status);
  const members = membersOf(set, fates);
  return reportOf(set, planOf(set), (name) => members.get(name));
};

test('says how the set was run', () => {
  expect(reportFor({ repetitions: 3, warmup: 1, order: 'Random', seed: 7, parallelism: 2 }).design).toEqual({
    repetitions: 3,
    warmup: 1,
    order: 'Random',
    seed: 7,
    parallelism: 2,
  });
});

test('says which coordinates are the nodes of a pair', () => {
  const pairs = ['placement.nodes.server', 'placement.nodes.client'];
  expect(reportFor({ matrix: { nodes: {} } }, [], { nodes: ['a', 'b'] }).pairs).toEqual(pairs);
});

test('holds the last word of the status', () => {
  const status = { phase: 'Succeeded', summary: 'done', startedAt: '2026-11-21T12:00:00Z', finishedAt: '2026-11-21T12:01:00Z' } as const;
  expect(reportFor({}, [], status)).toMatchObject({
    name: 'net',
    namespace: 'bench',
    uid: 'uid-1',
    phase: 'Succeeded',
    message: 'done',
    startedAt: '2026-11-21T12:00:00Z',
    finishedAt: '2026-11-21T12:01:00Z',
  });
});

test('gives each cell its whole specification, defaults included', () => {
  const [cell] = reportFor({}).cells;
  expect(cell).toMatchObject({
    index: 0,
    coordinates: { 'sleep.duration': '1s' },
    spec: { sleep: { duration: '1s' }, backend: 'Pods', retries: 0 },
  });
});

describe('runs', () => {
  test('are sorted by cell and repetition, whatever order they ran in', () => {
    const runs = reportFor({ repetitions: 3, order: 'Random', seed: 5 }).runs;
    expect(runs.map(({ cell, repetition }) => `${cell}.${repetition}`)).toEqual(['0.0', '0.1', '0.2', '1.0', '1.1', '1.2']);
  });

  test('that never started are there, unfinished', () => {
    expect(reportFor({}, ['Succeeded']).runs.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'net-0-0 Succeeded',
      'net-1-0 Unfinished',
    ]);
  });

  test('take the figures of their members', () => {
    const metrics = [{ name: 'measuredTime', value: 1.5, unit: 's', better: 'None' } as const];
    const [first] = reportFor({}, [(member) => ({ ...member, status: statusOf('Succeeded', { metrics }) })]).runs;
    expect(first?.metrics).toEqual(metrics);
  });

  test('take none of somebody else’s object of the same name', () => {
    const metrics = [{ name: 'measuredTime', value: 1.5, unit: 's', better: 'None' } as const];
    const foreign: Fate = (member) => ({
      ...member,
      metadata: { ...member.metadata, ownerReferences: [] },
      status: statusOf('Succeeded', { metrics }),
    });
    expect(reportFor({}, [foreign]).runs[0]).toMatchObject({ state: 'Unfinished', metrics: [] });
  });

  test('know their warm-up', () => {
    expect(reportFor({ warmup: 1 }).runs.map(({ warmup }) => warmup)).toEqual([true, false, true, false]);
  });
});
