import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { KubeClient } from '../operator/kube/client.ts';
import { benchmarks, benchmarkSets } from '../operator/kube/object.ts';
import { benchmark, set } from './builders.ts';
import { follow, resourceOf } from './follow.ts';
import type { Followed } from './followed.ts';
import { created, memoryClient, reached } from './testing.ts';

let client: KubeClient;

beforeEach(() => {
  client = memoryClient();
});

afterEach(async () => {
  await client.close();
});

const never = new AbortController().signal;

/** Follows, and notes the phases seen; `seen` resolves when one of them is the wanted one. */
function watching(object: Followed, signal = never) {
  const phases: (string | undefined)[] = [];
  const waiting = new Map<string, () => void>();
  const ended = follow(client, object, signal, ({ status }) => {
    phases.push(status?.phase);
    waiting.get(status?.phase ?? 'none')?.();
  });
  const seen = (phase: string) =>
    new Promise<void>((resolve) => {
      waiting.set(phase, resolve);
      if (phases.includes(phase === 'none' ? undefined : phase)) resolve();
    });
  return { phases, ended, seen };
}

test.each([
  ['Benchmark', benchmarks],
  ['BenchmarkSet', benchmarkSets],
] as const)('the resource of %s', (kind, resource) => {
  expect(resourceOf(kind)).toBe(resource);
});

test.each([
  ['a Benchmark', benchmark()],
  ['a set', set()],
])('%s is followed from phase to phase to its end', async (_, object) => {
  const there = await created(client, object);
  const followed = watching(there);
  await followed.seen('none');
  await reached(client, there, 'Running');
  await followed.seen('Running');
  await reached(client, there, 'Succeeded');
  expect([(await followed.ended).status?.phase, followed.phases]).toEqual(['Succeeded', [undefined, 'Running', 'Succeeded']]);
});

test('one that has ended before is returned at once', async () => {
  const object = await created(client, benchmark());
  await reached(client, object, 'Failed');
  expect((await watching(object).ended).status?.phase).toBe('Failed');
});

test('others of the namespace and those of the same name elsewhere are not mixed in', async () => {
  const object = await created(client, benchmark());
  await reached(client, await created(client, benchmark(undefined, { name: 'other' })), 'Failed');
  await reached(client, await created(client, benchmark(), 'elsewhere'), 'Failed');
  await reached(client, object, 'Succeeded');
  const followed = watching(object);
  await followed.ended;
  expect(followed.phases).toEqual(['Succeeded']);
});

describe('a wait that ends otherwise', () => {
  test('deleted: the last version, with the time of its deletion', async () => {
    const object = await created(client, benchmark());
    const followed = watching(object);
    await followed.seen('none');
    await client.delete(benchmarks, object.metadata);
    expect((await followed.ended).metadata.deletionTimestamp).toMatch(/^\d{4}-/);
  });

  test('aborted: the reason', async () => {
    const stop = new AbortController();
    const followed = watching(await created(client, benchmark()), stop.signal);
    await followed.seen('none');
    stop.abort(new Error('interrupted'));
    await expect(followed.ended).rejects.toThrow('interrupted');
  });

  test('aborted before it began: the reason, too', async () => {
    const stop = AbortSignal.abort(new Error('interrupted'));
    await expect(watching(await created(client, benchmark()), stop).ended).rejects.toThrow('interrupted');
  });
});
