import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { FakeClock } from '../../operator/kube/fake-clock.ts';
import { benchmark, members, set } from '../builders.ts';
import type { Followed } from '../followed.ts';
import { showProgress } from './view.ts';

/** A stream that keeps what is written, as a pipe or as a terminal of 100 columns. */
function screen({ isTTY }: { isTTY: boolean }) {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      chunks.push(chunk.toString());
      done();
    },
  });
  Object.assign(stream, { isTTY, columns: 100, rows: 30 });
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => chunks.join('') };
}

const start = '2026-11-21T12:00:00Z';

function shown(objects: Followed[], isTTY = false) {
  const { stream, text } = screen({ isTTY });
  const clock = new FakeClock(start);
  return { view: showProgress(objects, { stream, clock }), text, clock };
}

/** Lines of a terminal, without colours, the last picture last. */
const picture = (text: string) =>
  stripVTControlCharacters(text)
    .trimEnd()
    .split('\n')
    .map((line) => line.trim());

const oneOfNine = (running: number, estimatedFinish: string) =>
  set({ phase: 'Running', members: members({ succeeded: 1, running }), estimatedFinish });

describe('in a pipe', () => {
  test('a line a change', async () => {
    const { view, text } = shown([benchmark()]);
    for (const phase of ['Pending', 'Pending', 'Running', 'Succeeded'] as const) view.update(benchmark({ phase }));
    await view.end();
    expect(text()).toBe('nap  Pending\nnap  Running\nnap  Succeeded\n');
  });

  test('neither estimates nor the number of those under way are news', async () => {
    const { view, text } = shown([set()]);
    view.update(oneOfNine(1, '2026-11-21T12:00:20Z'));
    view.update(oneOfNine(0, '2026-11-21T12:00:10Z'));
    await view.end();
    expect(text()).toBe('net  1 of 9 done, 1 running, about 20 s left\n');
  });

  test('objects of the same name are told apart', async () => {
    const both = [benchmark(undefined, { namespace: 'a' }), set(undefined, { name: 'nap', namespace: 'b' })];
    const { view, text } = shown(both);
    for (const object of both) view.update(object);
    await view.end();
    expect(text()).toBe('Benchmark a/nap  Pending\nBenchmarkSet b/nap  Pending\n');
  });

  test('one of the same name that is not followed is not shown', async () => {
    const { view, text } = shown([benchmark(undefined, { namespace: 'a' })]);
    view.update(benchmark({ phase: 'Failed' }, { namespace: 'b' }));
    await view.end();
    expect(text()).toBe('nap  Pending\n');
  });

  test('an operator that is away is noticed without any change', async () => {
    const { view, text, clock } = shown([benchmark(undefined, { creationTimestamp: start })]);
    await clock.advance(11_000);
    await view.end();
    expect(text()).toContain('nap  not seen by any operator yet; is one running?\n');
  });

  test('a note stands by itself', async () => {
    const { view, text } = shown([]);
    view.note('interrupted: cancelling');
    await view.end();
    expect(text()).toBe('interrupted: cancelling\n');
  });

  test('no timer is left', async () => {
    const { view, clock } = shown([benchmark()]);
    await clock.advance(3000);
    await view.end();
    expect(clock.pending).toBe(0);
  });
});

describe('on a terminal', () => {
  test.each([
    ['success', benchmark({ phase: 'Succeeded', summary: '1 s' }), '✔ nap  Succeeded, 1 s'],
    ['failure', benchmark({ phase: 'Failed' }), '✖ nap  Failed'],
    ['cancellation', benchmark({ phase: 'Cancelled' }), '✖ nap  Cancelled'],
    ['no end', benchmark({ phase: 'Running' }), '✖ nap  Running'],
  ])('the sign of %s', async (_, object, line) => {
    const { view, text } = shown([benchmark()], true);
    view.update(object);
    await view.end();
    expect(picture(text()).at(-1)).toBe(line);
  });

  test('each object has its own sign', async () => {
    const { view, text } = shown([benchmark(), set()], true);
    view.update(benchmark({ phase: 'Failed' }));
    view.update(set({ phase: 'Succeeded', members: members({ succeeded: 9 }) }));
    await view.end();
    expect(picture(text()).slice(-2)).toEqual(['✖ nap  Failed', '✔ net  9 of 9 done, Succeeded']);
  });

  test('the last picture is drawn once, also when changes come after the last end', async () => {
    const { view, text } = shown([benchmark()], true);
    view.update(benchmark({ phase: 'Succeeded' }));
    view.update(benchmark({ phase: 'Succeeded', summary: 'late' }));
    await view.end();
    expect(picture(text()).at(-1)).toBe('✔ nap  Succeeded');
  });

  test('a note stands beside what has not ended', async () => {
    const { view, text } = shown([benchmark(), benchmark(undefined, { name: 'done' })], true);
    view.update(benchmark({ phase: 'Succeeded' }, { name: 'done' }));
    view.note('interrupted: cancelling');
    await view.end();
    expect(picture(text()).slice(-2)).toEqual(['✖ nap  Pending (interrupted: cancelling)', '✔ done  Succeeded']);
  });
});
