import { beforeEach, describe, expect, test } from '@jest/globals';
import { EventEmitter } from 'node:events';
import { onSignal, stopInOrder } from './drain.ts';
import type { Part } from './drain.ts';
import { FakeClock } from './fake-clock.ts';
import { sleep } from './wait.ts';

let clock: FakeClock;
let log: string[];
beforeEach(() => {
  clock = new FakeClock(0);
  log = [];
});

const part = (name: string, takes = 0, limit?: number): Part => ({
  name,
  stop: async () => {
    log.push(`${name}@${clock.now()}`);
    if (takes > 0) await sleep(clock, takes);
  },
  ...(limit === undefined ? {} : { limit }),
});

describe('stopInOrder', () => {
  test('stops one after another', async () => {
    expect(await clock.until(stopInOrder([part('controllers', 50), part('lease', 20), part('transport')], clock))).toEqual([]);
    expect(log).toEqual(['controllers@0', 'lease@50', 'transport@70']);
  });

  test('one that hangs costs its limit and not the others', async () => {
    const failed = await clock.until(stopInOrder([part('controllers', 60_000, 5000), part('transport')], clock));
    expect([failed, log]).toEqual([['controllers'], ['controllers@0', 'transport@5000']]);
  });

  test('one that fails does not keep the others from stopping', async () => {
    const broken: Part = { name: 'broken', stop: () => Promise.reject(new Error('no')) };
    expect(await clock.until(stopInOrder([broken, part('transport')], clock))).toEqual(['broken']);
    expect(log).toEqual(['transport@0']);
  });
});

describe('onSignal', () => {
  test('calls once, for the first signal', () => {
    const target = new EventEmitter();
    onSignal(['SIGTERM', 'SIGINT'], (signal) => log.push(signal), target);
    target.emit('SIGINT', 'SIGINT');
    target.emit('SIGTERM', 'SIGTERM');
    expect(log).toEqual(['SIGINT']);
  });

  test('leaves no listener behind', () => {
    const target = new EventEmitter();
    onSignal(['SIGTERM', 'SIGINT'], () => undefined, target)();
    expect(target.eventNames()).toEqual([]);
  });
});
