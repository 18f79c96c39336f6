import type { Clock } from '../../operator/kube/clock.ts';

/** A clock that runs `factor` times as fast as the real one, so that back-off and silence take a part of their time. */
export function fastClock(factor: number): Clock {
  const start = Date.now();
  return {
    now: () => start + (Date.now() - start) * factor,
    after(delay, callback) {
      const timer = setTimeout(callback, delay / factor);
      return () => {
        clearTimeout(timer);
      };
    },
  };
}
