import { describe, expect, test } from '@jest/globals';
import { attemptsClosed, attemptsNow, currentAttempt, startOf } from './attempts.ts';
import type { Observed } from './observed.ts';
import { attempt, pending, podState, running, second, seen, start, unmade } from './testing/builders.ts';

const pod = { name: 'net-sleeper-0', role: 'sleeper' };

describe('the current attempt', () => {
  test.each([
    ['nothing written yet', undefined, 0],
    ['one that runs', { attempts: [{ index: 0, pods: [] }] }, 0],
    ['one that is over', { attempts: [attempt(0, 'Failed')] }, 1],
    ['one over, one that runs', { attempts: [attempt(0, 'Suspended'), { index: 1, pods: [] }] }, 1],
    ['the oldest are no longer listed', { attempts: [attempt(4, 'Failed')] }, 5],
  ])('%s', (_, status, index) => {
    expect(currentAttempt(status)).toBe(index);
  });
});

describe('its start', () => {
  const since = start + 7 * second;
  test.each<[string, Observed, number | undefined]>([
    ['before the first pod', seen(), undefined],
    ['with the first pod', seen([podState({ createdAt: start + second }), podState({ createdAt: start })]), start],
    [
      'with the first try to make one',
      seen([], { obstacle: { reason: 'QuotaExceeded', message: '', final: false, since, at: since } }),
      since,
    ],
    [
      'as it was written, though the pods are gone',
      seen([], { status: { attempts: [{ index: 0, startedAt: '2026-11-21T12:00:03.000Z', pods: [] }] } }),
      start + 3 * second,
    ],
  ])('%s', (_, observed, expected) => {
    expect(startOf(observed)).toBe(expected);
  });
});

describe('as it stands', () => {
  test('it is not there before it has begun', () => {
    expect(attemptsNow(seen([], { status: { attempts: [attempt(0, 'Failed')] } }))).toEqual([attempt(0, 'Failed')]);
  });

  test('it names no pod that is still to be made', () => {
    expect(attemptsNow(seen([unmade(), running({ index: 1 })]))[0]?.pods.map(({ name }) => name)).toEqual(['net-sleeper-1']);
  });

  test('it names its pods, with node and address as soon as they are known', () => {
    expect(attemptsNow(seen([running()]))).toEqual([
      { index: 0, startedAt: '2026-11-21T12:00:00.000Z', pods: [{ ...pod, node: 'node-1', ip: '10.0.0.1' }] },
    ]);
  });

  test('pods that are gone keep what was written of them', () => {
    const written = { index: 0, startedAt: '2026-11-21T12:00:00.000Z', pods: [{ ...pod, node: 'node-1' }] };
    const observed = seen([], { status: { attempts: [written] }, vanished: [pod] });
    expect(attemptsNow(observed)).toEqual([written]);
  });

  test('pods that were never written are named all the same', () => {
    const obstacle = { reason: 'ConfigError', message: '', final: false, since: start, at: start } as const;
    expect(attemptsNow(seen([], { vanished: [pod], obstacle }))[0]?.pods).toEqual([pod]);
  });

  test('of a thousand pods it names as many as a status can hold', () => {
    const pods = Array.from({ length: 1000 }, (_, index) => podState({ index }));
    expect(attemptsNow(seen(pods))[0]?.pods).toHaveLength(32);
  });
});

describe('closed', () => {
  const now = start + 9 * second;

  test('it has an end, an outcome and a reason', () => {
    expect(attemptsClosed(seen([pending()]), now, { outcome: 'Failed', reason: 'PodDeleted', message: 'gone' })).toEqual([
      {
        index: 0,
        startedAt: '2026-11-21T12:00:00.000Z',
        finishedAt: '2026-11-21T12:00:09.000Z',
        outcome: 'Failed',
        reason: 'PodDeleted',
        message: 'gone',
        pods: [pod],
      },
    ]);
  });

  test('one that had not begun leaves no trace', () => {
    expect(attemptsClosed(seen(), now, { outcome: 'Suspended' })).toEqual([]);
  });

  test('unless it failed', () => {
    expect(attemptsClosed(seen(), now, { outcome: 'Failed', reason: 'NameConflict' })).toMatchObject([
      { index: 0, outcome: 'Failed', pods: [] },
    ]);
  });

  test('a message of any length is cut to what a status can hold', () => {
    const [closed] = attemptsClosed(seen([pending()]), now, { outcome: 'Failed', message: 'x'.repeat(100_000) });
    expect(closed?.message?.length).toBeLessThan(600);
  });
});
