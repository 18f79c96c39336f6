import { beforeEach, describe, expect, test } from '@jest/globals';
import { FakeClock, settle } from './fake-clock.ts';
import { Stream } from './scripted-transport.ts';
import { untilIdle } from './until-idle.ts';

let clock: FakeClock;
let stream: Stream;
let stop: AbortController;
beforeEach(() => {
  clock = new FakeClock(0);
  stream = new Stream();
  stop = new AbortController();
});

/** What came until the end, and how it ended. */
async function collect(): Promise<unknown[]> {
  const seen: unknown[] = [];
  try {
    for await (const item of untilIdle(stream, clock, 1000, stop.signal)) seen.push(item);
    seen.push('end');
  } catch (error) {
    seen.push(String(error));
  }
  return seen;
}

describe('untilIdle', () => {
  test('hands on what comes until the end', async () => {
    stream.push(1, 2);
    stream.end();
    expect(await collect()).toEqual([1, 2, 'end']);
  });

  test("hands on the source's error", async () => {
    stream.push(1);
    stream.fail(new Error('reset'));
    expect(await collect()).toEqual([1, 'Error: reset']);
  });

  test('ends after silence', async () => {
    const done = collect();
    await clock.advance(999);
    stream.push(1);
    await clock.advance(999);
    stream.push(2);
    expect(await clock.until(done)).toEqual([1, 2, 'NoReplyError: watch was silent for 1 s; it is opened again']);
    expect(clock.now()).toBe(1998 + 1000);
  });

  test('ends quietly when told to, though the source hangs', async () => {
    const done = collect();
    await settle();
    stop.abort();
    expect(await done).toEqual(['end']);
    expect(clock.pending).toBe(0);
  });

  test('does not begin when told to stop before', async () => {
    stop.abort();
    stream.push(1);
    expect(await collect()).toEqual(['end']);
  });
});
