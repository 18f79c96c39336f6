import { describe, expect, test } from '@jest/globals';
import { FakeClock } from './fake-clock.ts';
import { sleep, within } from './wait.ts';

describe('sleep', () => {
  test('ends at once when the signal aborts, and leaves no timer', async () => {
    const clock = new FakeClock(0);
    const controller = new AbortController();
    const done = sleep(clock, 1000, controller.signal);
    controller.abort();
    await done;
    expect([clock.now(), clock.pending]).toEqual([0, 0]);
  });

  test('does not begin when the signal has aborted', async () => {
    const clock = new FakeClock(0);
    await sleep(clock, 1000, AbortSignal.abort());
    expect(clock.pending).toBe(0);
  });
});

describe('within', () => {
  const never = new Promise<never>(() => undefined);

  test('gives the result and leaves no timer', async () => {
    const clock = new FakeClock(0);
    await expect(within(clock, 100, 'x', () => Promise.resolve('done'))).resolves.toBe('done');
    expect(clock.pending).toBe(0);
  });

  test('ends work that does not heed its signal', async () => {
    const clock = new FakeClock(0);
    await expect(clock.until(within(clock, 5000, 'GET /x', () => never))).rejects.toMatchObject({
      reason: 'Timeout',
      message: 'GET /x: no reply within 5 s',
    });
  });

  test("aborts the work's signal at the limit", async () => {
    const clock = new FakeClock(0);
    let seen: AbortSignal | undefined;
    const work = within(clock, 5000, 'x', (signal) => {
      seen = signal;
      return never;
    });
    await expect(clock.until(work)).rejects.toThrow('no reply');
    expect(seen?.aborted).toBe(true);
  });

  test("ends with the outer signal's reason", async () => {
    const clock = new FakeClock(0);
    const outer = new AbortController();
    const work = within(clock, 5000, 'x', () => never, outer.signal);
    outer.abort(new Error('shutting down'));
    await expect(work).rejects.toThrow('shutting down');
    expect(clock.pending).toBe(0);
  });

  test('does not begin after the outer signal aborted', async () => {
    let begun = false;
    const work = within(new FakeClock(0), 5000, 'x', async () => (begun = true), AbortSignal.abort(new Error('over')));
    await expect(work).rejects.toThrow('over');
    expect(begun).toBe(false);
  });
});
