import { describe, expect, test } from '@jest/globals';
import type { PodState } from '../backends/backend.ts';
import { isUnread, logPatience, logTries, nextRead, tailOf } from './logs.ts';
import { over, running, seen, start, succeeded } from './testing/builders.ts';

const inLog = over({ exitCode: 0, frame: 'InLog', reason: 'ResultMissing', length: 80_000 });

const after = (tries: number) => isUnread(inLog, seen([inLog], { logs: new Map([[inLog.uid, { tries, at: start }]]) }));

describe('a log is worth a read', () => {
  test.each<[string, PodState, boolean]>([
    ['of a frame that stands in it', inLog, true],
    ['of an end without any word', over({ exitCode: 0, reason: 'ResultMissing' }), true],
    ['of a crash, whose agent may have found no other place', over({ exitCode: 1, reason: 'PodFailed' }), true],
    ['not of a pod that runs', running(), false],
    ['not of one with a record', succeeded(), false],
    ['not of one that was killed for memory', over({ reason: 'OutOfMemory' }), false],
    ['not of one that was evicted', over({ reason: 'PodEvicted' }), false],
    ['not of a frame that is known to be corrupt', over({ frame: 'Corrupt', reason: 'ResultCorrupt' }), false],
  ])('%s', (_, pod, expected) => {
    expect(isUnread(pod, seen([pod]))).toBe(expected);
  });

  test('not of one that never started', () => {
    const { startedAt: _, ...never } = inLog;
    expect(isUnread(never, seen([never]))).toBe(false);
  });

  test('only so many times', () => {
    expect([after(logTries - 1), after(logTries)]).toEqual([true, false]);
  });
});

test.each([
  [0, true],
  [logPatience - 1, true],
  [logPatience, false],
])('a log that the cluster cannot reach is asked for after %i ms: %p', (ago, expected) => {
  const reading = { tries: 0, at: start + ago, awaySince: start };
  expect(isUnread(inLog, seen([inLog], { logs: new Map([[inLog.uid, reading]]) }))).toBe(expected);
});

test('the next read comes two seconds after the last', () => {
  expect([
    nextRead(inLog, seen([inLog])),
    nextRead(inLog, seen([inLog], { logs: new Map([[inLog.uid, { tries: 1, at: start }]]) })),
  ]).toEqual([0, start + 2000]);
});

test.each([
  ['first the lines of the frame and some more', 0, 110],
  ['then a hundred times as many', 1, 11_000],
])('%s', (_, tries, tailLines) => {
  expect(tailOf(inLog, tries).tailLines).toBe(tailLines);
});
