import { beforeEach, describe, expect, test } from '@jest/globals';
import { FakeClock, settle } from './fake-clock.ts';
import { Metrics } from './metrics.ts';
import { WorkQueue } from './queue.ts';
import type { QueueOptions } from './queue.ts';
import { sleep } from './wait.ts';

let clock: FakeClock;
let log: string[];
beforeEach(() => {
  clock = new FakeClock(0);
  log = [];
});

/** A queue whose work takes `takes` ms and is logged as `key@start`. */
function queue({ takes = 0, ...options }: Partial<QueueOptions> & { takes?: number } = {}): WorkQueue {
  const handle = async (key: string) => {
    log.push(`${key}@${clock.now()}`);
    if (takes > 0) await sleep(clock, takes);
  };
  return new WorkQueue({ name: 'test', handle, clock, random: () => 0, retryBase: 100, retryMax: 1000, ...options });
}

function started(options?: Parameters<typeof queue>[0]): WorkQueue {
  const q = queue(options);
  q.start();
  return q;
}

describe('add', () => {
  test('works on keys in order of adding', async () => {
    const q = started({ workers: 1 });
    for (const key of ['a', 'b', 'c']) q.add(key);
    await settle();
    expect(log).toEqual(['a@0', 'b@0', 'c@0']);
  });

  test('nothing runs before start, everything added runs after', async () => {
    const q = queue();
    q.add('a');
    await settle();
    expect([log, q.depth]).toEqual([[], 1]);
    q.start();
    await settle();
    expect([log, q.depth]).toEqual([['a@0'], 0]);
  });

  test('a key that waits is not queued twice', async () => {
    const q = queue();
    q.add('a');
    q.add('a');
    q.start();
    await settle();
    expect(log).toEqual(['a@0']);
  });

  test('a key added while it is worked on runs once more, after', async () => {
    const q = started({ takes: 10 });
    q.add('a');
    await settle();
    q.add('a');
    q.add('a');
    await clock.advance(100);
    expect(log).toEqual(['a@0', 'a@10']);
  });

  test('no more than so many workers', async () => {
    const q = started({ takes: 10, workers: 2 });
    for (const key of ['a', 'b', 'c', 'd', 'e']) q.add(key);
    await clock.advance(100);
    expect(log).toEqual(['a@0', 'b@0', 'c@10', 'd@10', 'e@20']);
  });

  test('a slow key does not hold the others up', async () => {
    const q = new WorkQueue({
      name: 'test',
      clock,
      workers: 2,
      handle: async (key) => {
        log.push(`${key}@${clock.now()}`);
        await sleep(clock, key === 'slow' ? 1000 : 10);
      },
    });
    q.start();
    for (const key of ['slow', 'a', 'b', 'c']) q.add(key);
    await clock.advance(50);
    expect(log).toEqual(['slow@0', 'a@0', 'b@10', 'c@20']);
    expect(q.oldest).toBe(0);
  });
});

describe('addAfter', () => {
  test.each([
    ['one delay', [500], ['a@500']],
    ['the earlier one last', [500, 200], ['a@200']],
    ['the earlier one first', [200, 500], ['a@200']],
    ['no delay', [0], ['a@0']],
    ['a time that has passed', [-5], ['a@0']],
  ])('%s', async (_, delays, expected) => {
    const q = started();
    for (const delay of delays) q.addAfter('a', delay);
    await clock.advance(1000);
    expect(log).toEqual(expected);
  });

  test('work that starts earlier ends the delay', async () => {
    const q = started();
    q.addAfter('a', 500);
    q.add('a');
    await clock.advance(1000);
    expect(log).toEqual(['a@0']);
    expect(clock.pending).toBe(0);
  });

  test('a delay asked for during the work stays', async () => {
    const q = started({ takes: 10 });
    q.add('a');
    await settle();
    q.addAfter('a', 500);
    await clock.advance(1000);
    expect(log).toEqual(['a@0', 'a@500']);
  });

  test('keys with a delay do not count as depth', () => {
    const q = queue();
    q.addAfter('a', 500);
    expect(q.depth).toBe(0);
  });
});

describe('retry', () => {
  test('delays double up to the bound', () => {
    const q = queue();
    expect(Array.from({ length: 6 }, () => q.retry('a'))).toEqual([100, 200, 400, 800, 1000, 1000]);
  });

  test('each key has its own', () => {
    const q = queue();
    q.retry('a');
    expect([q.retry('a'), q.retry('b')]).toEqual([200, 100]);
  });

  test('forget starts over', () => {
    const q = queue();
    q.retry('a');
    q.forget('a');
    expect(q.retry('a')).toBe(100);
  });

  test('runs the key after the delay', async () => {
    started().retry('a');
    await clock.advance(1000);
    expect(log).toEqual(['a@100']);
  });
});

describe('drain', () => {
  test('lets running work end and drops what waits', async () => {
    const q = started({ takes: 50, workers: 1 });
    for (const key of ['a', 'b']) q.add(key);
    q.addAfter('c', 10);
    await settle();
    expect(await clock.until(q.drain(1000))).toEqual([]);
    expect([log, clock.now(), clock.pending]).toEqual([['a@0'], 50, 0]);
  });

  test('names what had not ended at the limit', async () => {
    const q = started({ takes: 5000 });
    q.add('slow');
    await settle();
    expect(await clock.until(q.drain(1000))).toEqual(['slow']);
    expect(clock.now()).toBe(1000);
  });

  test('takes in nothing more', async () => {
    const q = started();
    await q.drain(1000);
    q.add('a');
    q.addAfter('b', 1);
    q.retry('c');
    await clock.advance(1000);
    expect(log).toEqual([]);
  });

  test('a key added while it was worked on does not run again', async () => {
    const q = started({ takes: 50 });
    q.add('a');
    await settle();
    q.add('a');
    await clock.until(q.drain(1000));
    await clock.advance(1000);
    expect(log).toEqual(['a@0']);
  });
});

test('metrics tell depth, wait and work', async () => {
  const metrics = new Metrics();
  const q = started({ takes: 100, workers: 1, metrics });
  q.add('a');
  q.add('b');
  await settle();
  expect((await metrics.queueDepth.get()).values).toMatchObject([{ labels: { controller: 'test' }, value: 1 }]);
  await clock.advance(1000);
  const sum = async (histogram: typeof metrics.queueLatency) =>
    (await histogram.get()).values.find(({ metricName }) => metricName?.endsWith('_sum'))?.value;
  expect([await sum(metrics.queueLatency), await sum(metrics.workDuration)]).toEqual([0.1, 0.2]);
});
