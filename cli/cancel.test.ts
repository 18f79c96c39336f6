import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { KubeClient } from '../operator/kube/client.ts';
import { benchmarks } from '../operator/kube/object.ts';
import { benchmark, set } from './builders.ts';
import { cancelAll } from './cancel.ts';
import { resourceOf } from './follow.ts';
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

const phases = (objects: Followed[]) => objects.map(({ status }) => status?.phase);

/** What an operator does about spec.cancel: it looks again and again, as reconciles do. */
async function operate(object: Followed): Promise<void> {
  for (;;) {
    const { spec } = await client.get<Followed>(resourceOf(object.kind), object.metadata);
    if (spec.cancel) break;
  }
  await reached(client, object, 'Cancelled');
}

test.each([
  ['a Benchmark', benchmark()],
  ['a set', set()],
])('%s is cancelled and waited for', async (_, object) => {
  const running = await reached(client, await created(client, object), 'Running');
  const [cancelled] = await Promise.all([cancelAll(client, [running], never), operate(running)]);
  expect(phases(cancelled)).toEqual(['Cancelled']);
});

test('every version is shown meanwhile', async () => {
  const running = await reached(client, await created(client, benchmark()), 'Running');
  const shown: (string | undefined)[] = [];
  await Promise.all([cancelAll(client, [running], never, ({ status }) => shown.push(status?.phase)), operate(running)]);
  expect(shown.at(-1)).toBe('Cancelled');
});

test('what has ended keeps its spec', async () => {
  const ended = await reached(client, await created(client, benchmark()), 'Succeeded');
  const left = await cancelAll(client, [ended], never);
  const { spec } = await client.get<Followed>(benchmarks, ended.metadata);
  expect([phases(left), spec.cancel]).toEqual([['Succeeded'], false]);
});

test('one that is gone is returned as it was', async () => {
  expect(phases(await cancelAll(client, [benchmark({ phase: 'Running' })], never))).toEqual(['Running']);
});

test('a second wish to end does not wait for an operator that is away, and the wish to cancel stays', async () => {
  const running = await reached(client, await created(client, benchmark()), 'Running');
  const left = await cancelAll(client, [running], AbortSignal.abort());
  const { spec } = await client.get<Followed>(benchmarks, running.metadata);
  expect([phases(left), spec.cancel]).toEqual([['Running'], true]);
});
