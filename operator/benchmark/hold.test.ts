import { describe, expect, test } from '@jest/globals';
import type { BenchmarkPhase, BenchmarkStatus } from '../api/types.ts';
import { hold } from './hold.ts';
import { statusOf } from './status.ts';
import { minute, second, seen, start } from './testing/builders.ts';

function status(phase: BenchmarkPhase, message = '', reason: string = phase): BenchmarkStatus {
  return statusOf(seen(), start, { phase, reason, message });
}

function held(next: BenchmarkStatus, at: number, stored?: BenchmarkStatus, more: { urgent?: boolean; writtenAt?: number } = {}) {
  const { urgent = false, writtenAt } = more;
  return hold(seen([], stored ? { status: stored } : {}), { actions: [], status: next, urgent }, writtenAt, start + at);
}

const now = { write: true };
const never = { write: false };
const at = (ms: number) => ({ write: false, until: start + ms });

describe('the first word', () => {
  test.each([
    ['a run that begins well says nothing at once', held(status('Preparing'), 0), at(5 * second)],
    ['a pod that runs is told after a second', held(status('Running'), 500), at(second)],
    ['by then it is written', held(status('Running'), second), now],
    [
      'a wait for a node that is still being left may soon be over',
      held(status('Preparing', 'no node', 'Unschedulable'), 0),
      at(5 * second),
    ],
    ['one that lasts is told', held(status('Preparing', 'no node', 'Unschedulable'), 5 * second), now],
    ['an end is told at once', held(status('Succeeded'), 0, undefined, { urgent: true }), now],
  ])('%s', (_, result, expected) => {
    expect(result).toEqual(expected);
  });
});

describe('later words', () => {
  const stored = status('Preparing', 'a');
  test.each([
    ['the same again is not written', held(stored, minute, stored), never],
    ['an end that is the same again is not written', held(stored, minute, stored, { urgent: true }), never],
    ['a new phase, soon after the last', held(status('Running'), 7 * second, stored, { writtenAt: start + 5 * second }), at(10 * second)],
    ['a new phase, a while after the last', held(status('Running'), 10 * second, stored, { writtenAt: start + 5 * second }), now],
    ['an end does not wait', held(status('Failed'), 6 * second, stored, { writtenAt: start + 5 * second, urgent: true }), now],
    [
      'new words of an old run wait as long as the run was old',
      held(status('Preparing', 'b'), 65 * second, stored, { writtenAt: start + minute }),
      at(2 * minute),
    ],
    [
      'a new reason is no mere word',
      held(status('Preparing', 'b', 'ImagePullFailed'), 65 * second, stored, { writtenAt: start + minute }),
      now,
    ],
    [
      'a start that goes on to its next step soon is',
      held(status('Preparing', 'b', 'ContainerCreating'), 10 * second, status('Preparing', 'a', 'Starting'), {
        writtenAt: start + 5 * second,
      }),
      at(20 * second),
    ],
    [
      'but not that a queue is behind it',
      held(status('Preparing', 'b', 'Starting'), 65 * minute, status('Pending', 'a', 'Queued'), { writtenAt: start + 64 * minute }),
      now,
    ],
    [
      'the short end of Running is no new phase',
      held(status('Collecting'), 30 * second, status('Running'), { writtenAt: start + 20 * second }),
      at(40 * second),
    ],
    ['after a restart nobody knows when it was written: now', held(status('Preparing', 'b'), minute, stored), now],
  ])('%s', (_, result, expected) => {
    expect(result).toEqual(expected);
  });
});

test('a queue of an hour costs few words', () => {
  let stored: BenchmarkStatus | undefined;
  let writtenAt: number | undefined;
  let writes = 0;
  for (let time = 0; time < 60 * minute; time += second) {
    const next = status('Pending', `place ${3600 - time / second} in the queue`, 'Queued');
    if (!held(next, time, stored, writtenAt === undefined ? {} : { writtenAt }).write) continue;
    stored = next;
    writtenAt = start + time;
    writes++;
  }
  expect(writes).toBeLessThan(15);
});
