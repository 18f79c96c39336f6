import { describe, expect, test } from '@jest/globals';
import { FakeClock } from './fake-clock.ts';
import { sleep } from './wait.ts';

describe('FakeClock', () => {
  test('starts where told and stands still', () => {
    const clock = new FakeClock('2026-11-21T00:00:00Z');
    expect([clock.now(), clock.now()]).toEqual([Date.UTC(2026, 10, 21), Date.UTC(2026, 10, 21)]);
  });

  test('fires timers in order of time, then of making', async () => {
    const clock = new FakeClock(0);
    const fired: string[] = [];
    for (const [delay, name] of [
      [30, 'late'],
      [10, 'first'],
      [10, 'second'],
      [99, 'never'],
    ] as const) {
      clock.after(delay, () => fired.push(`${name}@${clock.now()}`));
    }
    await clock.advance(50);
    expect(fired).toEqual(['first@10', 'second@10', 'late@30']);
    expect([clock.now(), clock.pending]).toEqual([50, 1]);
  });

  test('a cancelled timer does not fire', async () => {
    const clock = new FakeClock(0);
    let fired = false;
    clock.after(10, () => (fired = true))();
    await clock.advance(20);
    expect(fired).toBe(false);
  });

  test('runs what a timer wakes before the next timer', async () => {
    const clock = new FakeClock(0);
    const seen: number[] = [];
    const loop = async () => {
      for (let turn = 0; turn < 3; turn++) {
        await sleep(clock, 10);
        seen.push(clock.now());
      }
    };
    const done = loop();
    await clock.advance(100);
    await done;
    expect(seen).toEqual([10, 20, 30]);
  });

  test('until moves just as far as a promise needs', async () => {
    const clock = new FakeClock(0);
    await clock.until(sleep(clock, 1234));
    expect(clock.now()).toBe(1234);
  });

  test("until gives the promise's rejection", async () => {
    await expect(new FakeClock().until(Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  test('until gives up on a promise that nothing will settle', async () => {
    await expect(new FakeClock().until(new Promise(() => undefined), 5000)).rejects.toThrow('still waiting after 5000 ms');
  });
});
