import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { KubeClient } from '../operator/kube/client.ts';
import { benchmarks } from '../operator/kube/object.ts';
import { applyAll, earlierRun } from './apply.ts';
import { benchmark, set } from './builders.ts';
import { UsageError } from './exit.ts';
import type { Followed } from './followed.ts';
import { memoryClient, reached } from './testing.ts';

let client: KubeClient;

beforeEach(() => {
  client = memoryClient();
});

afterEach(async () => {
  await client.close();
});

const never = new AbortController().signal;
const apply = (objects: Followed[], stop = never) => applyAll({ client, namespace: 'bench' }, objects, stop);
/** As a file says it. */
const named = (name: string, more: object = {}): Followed => {
  const { apiVersion, kind, spec } = benchmark();
  return { apiVersion, kind, metadata: { name, ...more }, spec };
};

test.each([
  ['without a namespace goes to the chosen one', {}, 'bench'],
  ['with a namespace goes there', { namespace: 'lab' }, 'lab'],
])('an object %s', async (_, more, namespace) => {
  const [applied] = await apply([named('nap', more)]);
  expect(applied?.metadata.namespace).toBe(namespace);
});

test('the same again is the same object', async () => {
  const [first] = await apply([named('nap')]);
  const [second] = await apply([named('nap')]);
  expect([second?.metadata.uid, second?.metadata.generation]).toEqual([first?.metadata.uid, 1]);
});

test('another spec for an accepted one is refused, with what to do', async () => {
  const [first] = await apply([named('nap')]);
  if (first) await reached(client, first, 'Running', { conditions: [accepted] });
  const other = { ...benchmark(), metadata: { name: 'nap' }, spec: { sleep: { duration: '2s' } } };
  await expect(apply([other])).rejects.toThrow('If Benchmark nap exists with another spec, delete it or give this one another name.');
});

test('what was applied before a refusal is named', async () => {
  const refused = { ...set(), metadata: { name: 'Not_A_Name' } };
  await expect(apply([named('nap'), refused])).rejects.toThrow(/Applied before it, and not stopped: Benchmark nap$/);
});

test('a refusal is a mistake that a user can mend', async () => {
  await expect(apply([{ ...set(), metadata: { name: 'Not_A_Name' } }])).rejects.toThrow(UsageError);
});

test('nothing more is applied after Ctrl-C', async () => {
  expect([await apply([named('nap')], AbortSignal.abort()), (await client.list(benchmarks)).items]).toEqual([[], []]);
});

describe('a run that had ended before', () => {
  test('is said', () => {
    const ended = benchmark({ phase: 'Succeeded' }, { creationTimestamp: '2026-11-20T08:00:00Z' });
    expect(earlierRun(ended)).toMatch(
      /^Benchmark nap ran before with the same spec \(Succeeded, created 2026-11-20T08:00:00Z\); these are/,
    );
  });

  test.each([
    ['new', benchmark()],
    ['under way', benchmark({ phase: 'Running' })],
  ])('one that is %s is not', (_, object) => {
    expect(earlierRun(object)).toBeUndefined();
  });
});

const accepted = {
  type: 'Accepted',
  status: 'True',
  reason: 'Valid',
  message: '',
  observedGeneration: 1,
  lastTransitionTime: '2026-11-21T12:00:00Z',
};
