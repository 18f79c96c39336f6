import { describe, expect, test } from '@jest/globals';
import { benchmark, condition, members, set } from '../builders.ts';
import { progressLine, secondsText } from './line.ts';

const now = Date.parse('2026-11-21T12:00:00Z');

describe('progressLine', () => {
  test.each([
    ['a set that starts', set({}), 'net  Pending'],
    [
      'a set under way',
      set({ phase: 'Running', members: members({ succeeded: 4, running: 1 }), estimatedFinish: '2026-11-21T12:00:12Z' }),
      'net  4 of 9 done, 1 running, about 12 s left',
    ],
    ['failures show', set({ phase: 'Running', members: members({ succeeded: 4, failed: 2 }) }), 'net  6 of 9 done, 2 failed'],
    [
      'a late estimate is not negative',
      set({ members: members({ running: 1 }), estimatedFinish: '2026-11-21T11:59:00Z' }),
      'net  0 of 9 done, 1 running, about 0 s left',
    ],
    ['a finished set', set({ phase: 'Succeeded', members: members({ succeeded: 9 }) }), 'net  9 of 9 done, Succeeded'],
    ['a benchmark without status', benchmark(), 'nap  Pending'],
    [
      'one that no operator took up',
      benchmark(undefined, { creationTimestamp: '2026-11-21T11:59:45Z' }),
      'nap  not seen by any operator yet; is one running?',
    ],
    ['one that is new', benchmark(undefined, { creationTimestamp: '2026-11-21T11:59:55Z' }), 'nap  Pending'],
    ['a hostile summary', benchmark({ phase: 'Running', summary: 'a\u001b[2Jb\nc' }), 'nap  Running, a[2Jb c'],
    ['a finished benchmark', benchmark({ phase: 'Succeeded', summary: '1.00 s' }), 'nap  Succeeded, 1.00 s'],
    [
      'a waiting benchmark says why',
      benchmark({
        phase: 'Pending',
        conditions: [condition({ type: 'Reconciling', reason: 'Queued', message: 'second in the queue' })],
      }),
      'nap  Pending, second in the queue',
    ],
  ])('%s', (_, object, line) => {
    expect(progressLine(object, now)).toBe(line);
  });
});

test.each([
  [0, '0 s'],
  [44.6, '45 s'],
  [89, '89 s'],
  [90, '2 min'],
  [3600, '60 min'],
  [7500, '2 h 5 min'],
])('%d seconds read %s', (seconds, text) => {
  expect(secondsText(seconds)).toBe(text);
});
