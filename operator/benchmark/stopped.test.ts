import { describe, expect, test } from '@jest/globals';
import type { PodState } from '../backends/backend.ts';
import type { Decision, Observed } from './observed.ts';
import { cancelled, settling, suspended } from './stopped.ts';
import { attempt, holder, pending, running, second, seen, start, succeeded, unmade } from './testing/builders.ts';

const now = start + 35 * second;
const cancel = { spec: { cancel: true } };
const suspend = { spec: { suspend: true } };
const ended = attempt(0, 'Cancelled');
const ending = { deleting: true, deletedAt: start + 30 * second };

function deleted(decision: Decision | undefined): string[] {
  return (decision?.actions ?? []).flatMap((action) => (action.type === 'DeletePod' ? action.name : []));
}

describe('cancel', () => {
  test('is not for those that nobody cancelled', () => {
    expect(cancelled(seen([running()]), now)).toBeUndefined();
  });

  test('before anything was started it is done at once', () => {
    expect(cancelled(seen([], cancel), now)?.status).toMatchObject({ phase: 'Cancelled', attempts: [] });
  });

  test('the attempt is closed in the status before a pod is deleted', () => {
    const decision = cancelled(seen([running()], cancel), now);
    expect(deleted(decision)).toEqual([]);
    expect(decision).toMatchObject({ urgent: true, status: { attempts: [{ index: 0, outcome: 'Cancelled', reason: 'Cancelled' }] } });
  });

  test.each<[string, Partial<Observed>, string[], string | undefined]>([
    ['then the pods go', { earlier: [running()] }, ['net-sleeper-0'], undefined],
    ['those that go already are not asked twice', { earlier: [running({ deleting: true })] }, [], undefined],
    ['when they are gone it is done', { earlier: [] }, [], 'Cancelled'],
    ['ended pods are left to the cleanup', { earlier: [succeeded()] }, [], 'Cancelled'],
  ])('%s', (_, more, pods, phase) => {
    const decision = cancelled(seen([], { ...cancel, ...more, status: { attempts: [ended] } }), now);
    expect(deleted(decision)).toEqual(pods);
    expect(decision?.status.phase).toBe(phase);
  });

  test('a pod whose end nobody reports is waited for a minute beyond its grace', () => {
    const stuck = seen([], { ...cancel, earlier: [running(ending)], status: { attempts: [ended] } });
    expect(
      [cancelled(stuck, start + 99 * second), cancelled(stuck, start + 100 * second)].map((decision) => decision?.status.phase),
    ).toEqual([undefined, 'Cancelled']);
  });
});

describe('suspend', () => {
  test('before anything was started leaves no attempt', () => {
    expect(suspended(seen([], suspend), now)?.status).toMatchObject({ phase: 'Suspended', attempts: [] });
  });

  test('closes the attempt in the status first', () => {
    const decision = suspended(seen([running()], suspend), now);
    expect(deleted(decision)).toEqual([]);
    expect(decision?.status).toMatchObject({ phase: 'Suspended', attempts: [{ index: 0, outcome: 'Suspended' }] });
  });

  test('then deletes its pods, and stays as it is', () => {
    const status = suspended(seen([running()], suspend), now)?.status ?? {};
    const next = suspended(seen([], { ...suspend, status, earlier: [running()] }), now + second);
    expect(deleted(next)).toEqual(['net-sleeper-0']);
    expect(next?.status).toEqual(status);
  });

  test('is over when the spec says so', () => {
    expect(suspended(seen([pending()]), now)).toBeUndefined();
  });
});

describe('before the next attempt', () => {
  const status = { attempts: [attempt(0, 'Failed')], phase: 'Pending' as const };
  const afterwards = (...earlier: PodState[]) => seen([], { status, earlier });

  test('what the last one left running is deleted', () => {
    expect(deleted(settling(seen([], { status, earlier: [running(), succeeded()] }), now))).toEqual(['net-sleeper-0']);
  });

  test('its end is waited for, without a word', () => {
    const decision = settling(seen([], { status, earlier: [running(ending)] }), now);
    expect(decision).toEqual({ actions: [], status, urgent: false, recheckAt: start + 100 * second });
  });

  test('it is waited for from its deletion, not from the end of the attempt: an operator may have died in between', () => {
    const hourLater = start + 3600 * second;
    expect(deleted(settling(afterwards(running()), hourLater))).toEqual(['net-sleeper-0']);
    expect(settling(afterwards(running({ deleting: true })), hourLater)).toMatchObject({ actions: [], recheckAt: hourLater + 70 * second });
    expect(settling(afterwards(running({ deleting: true, deletedAt: hourLater })), hourLater + 69 * second)).toMatchObject({ actions: [] });
  });

  test('the last of several is waited for', () => {
    const earlier = [running({ ...ending, deletedAt: start + 34 * second }), running({ ...ending, index: 1 })];
    expect(settling(seen([], { status, earlier }), now)?.recheckAt).toBe(start + 104 * second);
  });

  test.each<[string, Observed, number]>([
    ['nothing is left', seen([], { status }), now],
    ['only ended ones are left', seen([], { status, earlier: [succeeded()] }), now],
    ['a node does not report the end', seen([], { status, earlier: [running(ending)] }), start + 100 * second],
  ])('nothing stands in the way when %s', (_, observed, at) => {
    expect(settling(observed, at)).toBeUndefined();
  });
});

describe('pods that something holds', () => {
  const status = { attempts: [attempt(0, 'Failed')], phase: 'Pending' as const };
  const held = (more: Partial<Observed>) => seen([], { status, holders: [holder()], ...more });

  test.each([
    ['run', running({ holder: 'uid-job' })],
    ['were not made yet', unmade()],
  ])('go with it when they %s', (_, state) => {
    expect(settling(held({ earlier: [state] }), now)?.actions.map(({ type }) => type)).toEqual(['DeleteHolder']);
  });

  test('are waited for from its deletion, though nobody has deleted them yet', () => {
    const holders = [holder({ deleting: true, deletedAt: start + 30 * second })];
    const observed = held({ earlier: [running({ holder: 'uid-job' })], holders });
    expect(settling(observed, now)).toMatchObject({ actions: [], recheckAt: start + 100 * second });
    expect(settling(observed, start + 100 * second)).toBeUndefined();
  });

  test('stay when all have ended, until the cleanup', () => {
    expect(settling(held({ earlier: [succeeded({}, { holder: 'uid-job' })] }), now)).toBeUndefined();
  });
});
