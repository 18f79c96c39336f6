import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { messageOf } from '../operator/kube/errors.ts';
import { FakeClock } from '../operator/kube/fake-clock.ts';
import { listenForStop } from './stop.ts';

let source: EventEmitter;
let clock: FakeClock;

beforeEach(() => {
  source = new EventEmitter();
  clock = new FakeClock();
});

const listen = (limit?: { seconds: number; text: string }) => listenForStop(limit, { source, clock });
const state = ({ cancel, force }: ReturnType<typeof listen>) => [cancel.aborted, force.aborted];

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s asks to cancel, a second one to wait no longer', (signal) => {
  const stop = listen();
  const states = [state(stop)];
  for (let sent = 0; sent < 2; sent++) {
    source.emit(signal);
    states.push(state(stop));
  }
  expect(states).toEqual([
    [false, false],
    [true, false],
    [true, true],
  ]);
});

test('a third one ends the process, because nobody listens any more', () => {
  listen();
  for (let sent = 0; sent < 2; sent++) source.emit('SIGINT');
  expect(source.listenerCount('SIGINT')).toBe(0);
});

describe('the time limit', () => {
  const limit = { seconds: 90, text: '1m30s' };

  test.each([
    ['before it', 89_999, false],
    ['at it', 90_000, true],
  ])('%s', async (_, passed, cancelled) => {
    const stop = listen(limit);
    await clock.advance(passed);
    expect(stop.cancel.aborted).toBe(cancelled);
  });

  test('is named as the user wrote it', async () => {
    const stop = listen(limit);
    await clock.advance(90_000);
    expect(messageOf(stop.cancel.reason)).toBe('not finished after 1m30s');
  });

  test('Ctrl-C after it waits no longer', async () => {
    const stop = listen(limit);
    await clock.advance(90_000);
    source.emit('SIGINT');
    expect(state(stop)).toEqual([true, true]);
  });
});

test('nothing is left after release', () => {
  listen({ seconds: 1, text: '1s' }).release();
  expect([source.eventNames(), clock.pending]).toEqual([[], 0]);
});
