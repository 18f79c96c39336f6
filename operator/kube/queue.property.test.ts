import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { FakeClock } from './fake-clock.ts';
import { WorkQueue } from './queue.ts';
import { sleep } from './wait.ts';

const key = fc.constantFrom('a', 'b', 'c');
const step = fc.record({
  key,
  how: fc.constantFrom('add' as const, 'addAfter' as const, 'retry' as const),
  delay: fc.nat(50),
  pause: fc.nat(30),
});

test('one worker a key, never more than allowed, and nothing added is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 3 }), async (steps, workers) => {
      const clock = new FakeClock(0);
      const running = new Set<string>();
      const asked = new Map<string, number>();
      const began = new Map<string, number>();
      let most = 0;
      const queue = new WorkQueue({
        name: 'test',
        clock,
        workers,
        retryBase: 10,
        handle: async (one) => {
          expect(running).not.toContain(one);
          running.add(one);
          most = Math.max(most, running.size);
          began.set(one, clock.now());
          await sleep(clock, 20);
          running.delete(one);
        },
      });
      queue.start();
      for (const { key: one, how, delay, pause } of steps) {
        asked.set(one, clock.now());
        if (how === 'add') queue.add(one);
        else if (how === 'addAfter') queue.addAfter(one, delay);
        else queue.retry(one);
        await clock.advance(pause);
      }
      await clock.advance(3_600_000);
      expect(most).toBeLessThanOrEqual(workers);
      for (const [one, at] of asked) expect(began.get(one)).toBeGreaterThanOrEqual(at);
      expect([queue.depth, running.size, clock.pending]).toEqual([0, 0, 0]);
    }),
    { numRuns: 100 },
  );
});
