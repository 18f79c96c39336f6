import { describe, expect, test } from '@jest/globals';
import { FakeClock } from './fake-clock.ts';
import { Limiter } from './limiter.ts';
import { Metrics } from './metrics.ts';

/** Times, ms, at which `count` requests made at once were let through. */
async function passes(clock: FakeClock, limiter: Limiter, count: number): Promise<number[]> {
  const start = clock.now();
  const times: number[] = [];
  const all = Promise.all(
    Array.from({ length: count }, async () => {
      await limiter.acquire();
      times.push(clock.now() - start);
    }),
  );
  await clock.until(all);
  return times;
}

describe('Limiter', () => {
  test('lets a burst through, then one by one at the rate', async () => {
    const clock = new FakeClock(0);
    expect(await passes(clock, new Limiter({ qps: 10, burst: 3, clock }), 6)).toEqual([0, 0, 0, 100, 200, 300]);
  });

  test('gathers a burst again during a pause, not more', async () => {
    const clock = new FakeClock(0);
    const limiter = new Limiter({ qps: 10, burst: 2, clock });
    await passes(clock, limiter, 2);
    await clock.advance(60_000);
    expect(await passes(clock, limiter, 3)).toEqual([0, 0, 100]);
  });

  test('serves in order of asking', async () => {
    const clock = new FakeClock(0);
    const limiter = new Limiter({ qps: 10, burst: 1, clock });
    const order: number[] = [];
    const all = Promise.all([1, 2, 3].map((n) => limiter.acquire().then(() => order.push(n))));
    await clock.until(all);
    expect(order).toEqual([1, 2, 3]);
  });

  test('a request that is given up frees its place and its timer', async () => {
    const clock = new FakeClock(0);
    const limiter = new Limiter({ qps: 1, burst: 1, clock });
    await limiter.acquire();
    const controller = new AbortController();
    const given = limiter.acquire(controller.signal);
    controller.abort(new Error('given up'));
    await expect(given).rejects.toThrow('given up');
    expect(clock.pending).toBe(0);
    expect(await passes(clock, limiter, 1)).toEqual([1000]);
  });

  test('tryAcquire takes what is there and never waits', () => {
    const limiter = new Limiter({ qps: 1, burst: 2, clock: new FakeClock(0) });
    expect([limiter.tryAcquire(), limiter.tryAcquire(), limiter.tryAcquire()]).toEqual([true, true, false]);
  });

  test('measures the wait', async () => {
    const clock = new FakeClock(0);
    const metrics = new Metrics();
    await passes(clock, new Limiter({ qps: 2, burst: 1, clock, metrics }), 2);
    const { values } = await metrics.limiterWait.get();
    expect(values.find(({ metricName }) => metricName?.endsWith('_sum'))?.value).toBe(0.5);
  });

  test.each([
    [0, 1],
    [1, 0],
    [Number.NaN, 1],
  ])('refuses qps %p with burst %p', (qps, burst) => {
    expect(() => new Limiter({ qps, burst })).toThrow('not allowed');
  });
});
