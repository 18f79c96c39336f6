import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Condition } from '../api/condition.ts';
import type { BenchmarkPhase, BenchmarkSet } from '../api/types.ts';
import { observed, setOf, start } from './builders.ts';
import type { Fate } from './builders.ts';
import { decide } from './decide.ts';
import type { Action, Decision } from './decide.ts';

const now = start + 60_000;
const minute = 60_000;

const texts = ({ actions }: Decision) => actions.map(actionText);
function actionText(action: Action): string {
  switch (action.type) {
    case 'Create':
      return `create ${action.run.name}`;
    case 'Suspend':
      return `${action.suspend ? 'suspend' : 'resume'} ${action.member}`;
    case 'Cancel':
      return `cancel ${action.member}`;
    case 'Publish':
      return 'publish';
    default:
      return action satisfies never;
  }
}
/** The conditions that are true. */
const conditions = ({ status }: Decision) =>
  (status.conditions ?? []).filter((condition) => condition.status === 'True').map(({ type, reason }) => `${type} ${reason}`);
const suspendedMember: Fate = (member) => ({ ...member, spec: { ...member.spec, suspend: true }, status: { phase: 'Suspended' } });
const cancelledMember: Fate = (member) => ({ ...member, spec: { ...member.spec, cancel: true }, status: { phase: 'Running' } });
const foreign: Fate = (member) => ({ ...member, metadata: { ...member.metadata, ownerReferences: [] } });
const leftover: Fate = (member) => ({
  ...member,
  metadata: {
    ...member.metadata,
    ownerReferences: [{ apiVersion: 'assay.dev/v1alpha1', kind: 'BenchmarkSet', name: 'net', uid: 'uid-0', controller: true }],
  },
});

describe('KP-16 starts members in the order of the plan', () => {
  test.each<[string, BenchmarkSet, Fate[], string[]]>([
    ['one at a time unless told otherwise', setOf(3), [], ['create net-0-0']],
    ['as many as parallelism', setOf(3, { parallelism: 2 }), [], ['create net-0-0', 'create net-1-0']],
    ['no more than there are', setOf(2, { parallelism: 9 }), [], ['create net-0-0', 'create net-1-0']],
    ['none while the place is taken by a new one', setOf(3), ['New'], []],
    ['none while it waits', setOf(3), ['Pending'], []],
    ['none while it runs', setOf(3), ['Running'], []],
    ['none while it collects', setOf(3), ['Collecting'], []],
    ['the next after success', setOf(3), ['Succeeded'], ['create net-1-0']],
    ['the next after failure: a failed member frees its place', setOf(3), ['Failed'], ['create net-1-0']],
    ['the next after one was cancelled by hand', setOf(3), ['Cancelled'], ['create net-1-0']],
    ['one place of two', setOf(4, { parallelism: 2 }), ['Succeeded', 'Running'], ['create net-2-0']],
    ['one deleted by hand again, in its place', setOf(3), ['Succeeded', undefined, 'Succeeded'], ['create net-1-0']],
    ['none when more run than allowed', setOf(4, { parallelism: 1 }), ['Running', 'Running'], []],
  ])('%s', (_, set, fates, actions) => {
    expect(texts(decide(observed({ ...set, spec: { failureBudget: '100%', ...set.spec } }, fates), now))).toEqual(actions);
  });

  test('whatever is there, running and new ones together never pass parallelism', () => {
    const fate = fc.constantFrom<Fate[]>(undefined, 'New', 'Running', 'Succeeded', 'Failed');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fate, { minLength: 8, maxLength: 8 }), (parallelism, fates) => {
        const { actions } = decide(observed(setOf(8, { parallelism, failureBudget: '100%' }), fates), now);
        const running = fates.filter((one) => one === 'New' || one === 'Running').length;
        const created = actions.filter(({ type }) => type === 'Create').length;
        expect(created).toBe(Math.min(Math.max(0, parallelism - running), fates.filter((one) => one === undefined).length));
      }),
    );
  });
});

test('of 10,000 members the last ones start as the first ones do', () => {
  const set = setOf(1000, { repetitions: 10, parallelism: 50, order: 'Interleaved', seed: 1 });
  const fates = Array.from({ length: 9990 }, (): Fate => 'Succeeded');
  const decision = decide(observed(set, fates), now);
  expect(texts(decision)).toHaveLength(10);
  expect(decision.status.members).toMatchObject({ total: 10_000, pending: 10, succeeded: 9990 });
});

describe('KP-11 ends', () => {
  test.each<[string, BenchmarkSet, Fate[], string[], BenchmarkPhase | undefined]>([
    ['not before the last member', setOf(2), ['Succeeded', 'Running'], [], 'Running'],
    ['when all are done', setOf(2), ['Succeeded', 'Succeeded'], ['publish'], 'Succeeded'],
    ['well, with failures within the budget', setOf(2, { failureBudget: 1 }), ['Failed', 'Succeeded'], ['publish'], 'Succeeded'],
    ['ill, when the last failure passes the budget', setOf(2, { failureBudget: 0 }), ['Succeeded', 'Failed'], ['publish'], 'Failed'],
    ['ill, stopping what runs', setOf(3, { failureBudget: 0, parallelism: 2 }), ['Failed', 'Running'], ['cancel net-1-0'], 'Running'],
    ['once what runs has stopped', setOf(3, { failureBudget: 0, parallelism: 2 }), ['Failed', 'Cancelled'], ['publish'], 'Failed'],
    [
      'by cancel, stopping what runs',
      setOf(3, { cancel: true, parallelism: 2 }),
      ['Running', 'New'],
      ['cancel net-0-0', 'cancel net-1-0'],
      'Running',
    ],
    ['without asking twice', setOf(2, { cancel: true }), [cancelledMember], [], 'Running'],
    ['cancelled, when nothing runs', setOf(2, { cancel: true }), ['Succeeded'], ['publish'], 'Cancelled'],
    ['cancelled before anything: nothing to publish', setOf(2, { cancel: true }), [], [], 'Cancelled'],
    ['cancelled also while suspended', setOf(2, { cancel: true, suspend: true }), ['Succeeded'], ['publish'], 'Cancelled'],
    ['when the last result comes with a suspension', setOf(1, { suspend: true }), ['Succeeded'], ['publish'], 'Succeeded'],
  ])('%s', (_, set, fates, actions, phase) => {
    const decision = decide(observed(set, fates), now);
    expect(texts(decision)).toEqual(actions);
    expect(decision.status.phase).toBe(phase);
    expect(decision.status.finishedAt !== undefined).toBe(phase !== 'Running');
  });

  test('with finishedAt, a summary and the name of the results', () => {
    const { status } = decide(
      observed(setOf(2, { repetitions: 2, failureBudget: 1 }), ['Succeeded', 'Succeeded', 'Failed', 'Succeeded']),
      now,
    );
    expect(status).toMatchObject({
      finishedAt: '2026-11-21T12:01:00.000Z',
      summary: '2 of 2 cells, 3 of 4 runs, 1 failed',
      progress: '4/4',
      members: { total: 4, pending: 0, running: 0, succeeded: 3, failed: 1, cancelled: 0 },
      resultsRef: { kind: 'ConfigMap', name: 'net-results' },
    });
  });

  test('runs that never started count as cancelled, so that the counts still add up', () => {
    const { status } = decide(observed(setOf(5, { failureBudget: 0 }), ['Failed']), now);
    expect(status.members).toEqual({ total: 5, pending: 0, running: 0, succeeded: 0, failed: 1, cancelled: 4 });
  });

  test('with a message that names the budget', () => {
    const { status } = decide(observed(setOf(5, { failureBudget: '10%' }), ['Failed']), now);
    expect(status.conditions?.find(({ type }) => type === 'Failed')).toMatchObject({
      status: 'True',
      reason: 'BudgetExceeded',
      message: '1 of 5 members failed, more than failureBudget 10% allows',
    });
  });

  test.each<[string, BenchmarkSet, Fate[], string[]]>([
    ['well', setOf(1), ['Succeeded'], ['Accepted Valid', 'Complete Finished']],
    ['over budget', setOf(1, { failureBudget: 0 }), ['Failed'], ['Accepted Valid', 'Failed BudgetExceeded', 'Stalled BudgetExceeded']],
    ['cancelled', setOf(1, { cancel: true }), [], ['Accepted Valid', 'Failed Cancelled']],
  ])('conditions, %s', (_, set, fates, expected) => {
    expect(conditions(decide(observed(set, fates), now))).toEqual(expected);
  });
});

const begun = (reason: string): Condition => ({
  type: 'Reconciling',
  status: 'True',
  reason,
  message: 'the cause',
  observedGeneration: 1,
  lastTransitionTime: '2026-11-21T12:00:30Z',
});

describe('an ending that has begun', () => {
  test('goes on though its cause is gone: the failed member was deleted', () => {
    const set = setOf(3, { failureBudget: 0, parallelism: 2 }, { conditions: [begun('BudgetExceeded')] });
    expect(texts(decide(observed(set, [undefined, 'Running']), now))).toEqual(['cancel net-1-0']);
  });

  test('keeps its reason and message to the end', () => {
    const set = setOf(2, {}, { conditions: [begun('Cancelled')] });
    const { status } = decide(observed(set, ['Cancelled']), now);
    expect(status).toMatchObject({ phase: 'Cancelled', summary: 'the cause; 0 of 2 cells, 0 of 2 runs, 2 cancelled' });
  });

  test('is not taken from a set that simply runs', () => {
    const set = setOf(2, {}, { conditions: [begun('Running')] });
    expect(texts(decide(observed(set, ['Succeeded']), now))).toEqual(['create net-1-0']);
  });
});

const finished = (generation: number): BenchmarkSet => {
  const set = setOf(2, {}, { phase: 'Succeeded', finishedAt: '2026-11-21T12:00:20Z', observedGeneration: 1 });
  return { ...set, metadata: { ...set.metadata, generation } };
};

describe('a finished set', () => {
  test('stays as it is when members are deleted', () => {
    const set = finished(1);
    expect(decide(observed(set), now)).toEqual({ actions: [], status: set.status });
  });

  test('only notes a later generation', () => {
    expect(decide(observed(finished(2)), now).status).toEqual({ ...finished(2).status, observedGeneration: 2 });
  });
});

describe('suspend', () => {
  test.each<[string, boolean, Fate[], string[]]>([
    ['starts nothing', true, ['Succeeded'], []],
    ['suspends what runs', true, ['Running'], ['suspend net-0-0']],
    ['does not ask twice', true, [suspendedMember], []],
    ['leaves ended members alone', true, ['Succeeded', 'Failed'], []],
    ['resumes on false, and the place is taken by the resumed one', false, [suspendedMember], ['resume net-0-0']],
  ])('%s', (_, suspend, fates, actions) => {
    expect(texts(decide(observed(setOf(3, { suspend, failureBudget: '100%' }), fates), now))).toEqual(actions);
  });

  test('shows in phase and conditions, and there is no estimate meanwhile', () => {
    const decision = decide(observed(setOf(3, { suspend: true }), ['Succeeded']), now);
    expect(decision.status.phase).toBe('Suspended');
    expect(decision.status.estimatedFinish).toBeUndefined();
    expect(conditions(decision)).toEqual(['Accepted Valid', 'Suspended Suspended']);
  });

  test('is taken back in the conditions', () => {
    const { status } = decide(observed(setOf(2, { suspend: true })), now);
    const resumed = decide(observed(setOf(2, {}, status)), now);
    expect(conditions(resumed)).toEqual(['Accepted Valid', 'Reconciling Running']);
  });
});

describe('a refused set', () => {
  const problems = [{ path: 'spec.template.spec.sleep.duration', message: '"1" is not allowed; like 10s (cell 7)' }];

  test('starts nothing and says path, value and cell', () => {
    const decision = decide(observed(setOf(2), [], { problems }), now);
    expect(decision.actions).toEqual([]);
    expect(decision.status).toMatchObject({
      phase: 'Failed',
      summary: 'refused: spec.template.spec.sleep.duration: "1" is not allowed; like 10s (cell 7)',
    });
    expect(conditions(decision)).toEqual(['Failed InvalidSpec', 'Stalled InvalidSpec']);
  });

  test('shows the first ten problems and counts the rest', () => {
    const many = Array.from({ length: 12 }, (_, index) => ({ path: `p${index}`, message: 'm' }));
    const { status } = decide(observed(setOf(1), [], { problems: many }), now);
    expect(status.summary).toMatch(/p9: m; and 2 more$/);
  });

  test('says no more than a condition may hold, whatever the user wrote', () => {
    const endless = Array.from({ length: 12 }, () => ({ path: 'p', message: 'm'.repeat(10_000) }));
    const { status } = decide(observed(setOf(1), [], { problems: endless }), now);
    const longest = Math.max(...(status.conditions ?? []).map(({ message }) => message.length), status.summary?.length ?? 0);
    expect([longest > 1000, longest < 32_768]).toEqual([true, true]);
  });

  test('runs once its specification is mended', () => {
    const { status } = decide(observed(setOf(2), [], { problems }), now);
    const mended = decide(observed(setOf(2, {}, status)), now);
    expect(texts(mended)).toEqual(['create net-0-0']);
    expect(conditions(mended)).toEqual(['Accepted Valid', 'Reconciling Running']);
  });
});

describe('names', () => {
  test('of somebody else end the set before it starts, and are not touched', () => {
    const decision = decide(observed(setOf(3), [undefined, undefined, foreign]), now);
    expect(decision.actions).toEqual([]);
    expect(decision.status.conditions?.find(({ type }) => type === 'Failed')).toMatchObject({
      reason: 'NameConflict',
      message: 'Benchmark net-2-0 exist and belong to something else; delete them or give the set another name',
    });
  });

  test('of an earlier set are waited for', () => {
    const decision = decide(observed(setOf(3), [leftover]), now);
    expect(decision).toMatchObject({ actions: [], recheckAfter: 5000, status: { phase: 'Pending' } });
    expect(decision.status.conditions?.find(({ type }) => type === 'Reconciling')?.message).toContain(
      'waiting for Benchmark net-0-0 of an earlier set',
    );
  });

  test('of an earlier set are not waited for longer than ten minutes', () => {
    const decision = decide(observed(setOf(3), [leftover]), start + 10 * minute);
    expect(conditions(decision)).toContain('Failed NameConflict');
  });

  test('of results that are taken end the set, without writing', () => {
    const decision = decide(
      observed(setOf(3), ['Succeeded'], { unpublishable: { reason: 'NameConflict', message: 'ConfigMap bench/net-results exists' } }),
      now,
    );
    expect(texts(decision)).toEqual([]);
    expect(decision.status.resultsRef).toBeUndefined();
    expect(decision.status.summary).toContain('ConfigMap bench/net-results exists');
  });
});

test('what the API server refuses for good ends the set with its words', () => {
  const refusal = { reason: 'QuotaExceeded', message: 'exceeded quota: count/benchmarks' } as const;
  const decision = decide(observed(setOf(3), ['Succeeded'], { refusal }), now);
  expect(conditions(decision)).toContain('Failed QuotaExceeded');
  expect(decision.status.summary).toContain('exceeded quota: count/benchmarks');
});

describe('status under way', () => {
  test('counts, cells, progress and seed', () => {
    const { status } = decide(
      observed(setOf(2, { repetitions: 2, seed: 7, parallelism: 2, failureBudget: 1 }), ['Succeeded', 'Failed', 'Running', 'New']),
      now,
    );
    expect(status).toMatchObject({
      observedGeneration: 1,
      phase: 'Running',
      seed: 7,
      members: { total: 4, pending: 1, running: 1, succeeded: 1, failed: 1, cancelled: 0 },
      cells: { total: 2, decided: 1 },
      progress: '2/4',
      summary: '1 of 2 cells, 1 of 4 runs, 1 failed',
    });
  });

  test('startedAt is set once', () => {
    const first = decide(observed(setOf(2)), start);
    const second = decide(observed(setOf(2, {}, first.status), ['Running']), now);
    expect(second.status.startedAt).toBe(first.status.startedAt);
  });

  test('a pass in which nothing happened gives the same status', () => {
    const first = decide(observed(setOf(3), ['Succeeded', 'Running']), now).status;
    expect(decide(observed(setOf(3, {}, first), ['Succeeded', 'Running']), now + minute).status).toEqual(first);
  });

  test('the seed of a set without one comes from its uid and stays', () => {
    const { seed } = decide(observed(setOf(2)), start).status;
    expect(seed).toBe(decide(observed(setOf(2), ['Running']), now).status.seed);
  });
});
