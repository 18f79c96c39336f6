import { beforeEach, describe, expect, test } from '@jest/globals';
import { Controller } from './controller.ts';
import type { Recheck } from './controller.ts';
import { ApiError } from './errors.ts';
import { FakeClock } from './fake-clock.ts';
import type { Logger } from './logger.ts';
import { Metrics } from './metrics.ts';
import { sleep } from './wait.ts';

let clock: FakeClock;
let seen: string[];
let lines: string[];
beforeEach(() => {
  clock = new FakeClock(0);
  seen = [];
  lines = [];
});

const logger: Logger = {
  debug: (_, message) => lines.push(`debug ${message}`),
  info: (_, message) => lines.push(`info ${message}`),
  warn: (_, message) => lines.push(`warn ${message}`),
  error: (_, message) => lines.push(`error ${message}`),
  child: () => logger,
};

/** A started controller whose passes give these results, one after another, then nothing. */
function controller(results: (Recheck | Error | undefined)[] = [], metrics?: Metrics): Controller {
  const reconcile = async (key: string) => {
    seen.push(`${key}@${clock.now()}`);
    const result = results.shift();
    if (result instanceof Error) throw result;
    return result;
  };
  const made = new Controller({ name: 'test', reconcile, clock, logger, random: () => 0, ...(metrics ? { metrics } : {}) });
  made.start();
  return made;
}

describe('Controller', () => {
  test('reconciles once when nothing more is wanted', async () => {
    controller([undefined]).enqueue('a');
    await clock.advance(1_000_000);
    expect(seen).toEqual(['a@0']);
  });

  test('looks again after recheckAfter', async () => {
    controller([{ recheckAfter: 500 }, { recheckAfter: 1000 }]).enqueue('a');
    await clock.advance(10_000);
    expect(seen).toEqual(['a@0', 'a@500', 'a@1500']);
  });

  test('enqueue can be for later', async () => {
    controller().enqueue('a', 300);
    await clock.advance(10_000);
    expect(seen).toEqual(['a@300']);
  });

  test('tries again after errors with growing delays, then from the start again', async () => {
    const failure = new Error('broken');
    controller([failure, failure, { recheckAfter: 1000 }, failure]).enqueue('a');
    await clock.advance(10_000);
    expect(seen).toEqual(['a@0', 'a@200', 'a@600', 'a@1600', 'a@1800']);
    expect(lines).toEqual(['error reconcile failed', 'error reconcile failed', 'error reconcile failed']);
  });

  test('a conflict is tried again without alarm', async () => {
    controller([new ApiError(409, 'Conflict', 'changed')]).enqueue('a');
    await clock.advance(10_000);
    expect([seen.length, lines]).toEqual([2, ['debug conflict, reconcile again']]);
  });

  test('a failing key leaves the others alone', async () => {
    const made = controller([new Error('broken')]);
    made.enqueue('bad');
    made.enqueue('good');
    await clock.advance(100);
    expect(seen).toEqual(['bad@0', 'good@0']);
  });

  test('stop waits for the pass that runs, within the limit', async () => {
    const made = new Controller({ name: 'slow', clock, logger, reconcile: () => sleep(clock, 60_000).then(() => undefined) });
    made.start();
    made.enqueue('a');
    await clock.advance(1);
    await clock.until(made.stop(5000));
    expect([clock.now(), lines]).toEqual([5001, ['warn stopped while reconciles were running']]);
  });

  test('counts passes by result', async () => {
    const metrics = new Metrics();
    controller([new Error('broken'), { recheckAfter: 10 }, undefined], metrics).enqueue('a');
    await clock.advance(10_000);
    const { values } = await metrics.reconciles.get();
    expect(Object.fromEntries(values.map(({ labels, value }) => [labels.result, value]))).toEqual({ error: 1, requeued: 1, done: 1 });
  });
});
