import { describe, expect, test } from '@jest/globals';
import type { BenchmarkSpec, BenchmarkStatus } from '../api/types.ts';
import { cleanup } from './cleanup.ts';
import type { Decision, Observed } from './observed.ts';
import { statusOf } from './status.ts';
import { attempt, holder, minute, running, second, seen, start, succeeded, unmade } from './testing/builders.ts';

const end = start + 10 * second;
const claims = [{ name: 'net-files', uid: 'uid-files', deleting: false }];
const server = running({ role: 'server' });
const client = succeeded({}, { role: 'client' });

function finished(phase: 'Succeeded' | 'Failed' | 'Cancelled'): BenchmarkStatus {
  return statusOf(seen(), end, { phase, reason: phase, message: '', attempts: [attempt(0, phase)] });
}

function removed(phase: 'Succeeded' | 'Failed' | 'Cancelled', own: BenchmarkSpec['cleanup'], at = end): string[] {
  const decision = cleanup(seen([], { spec: own ? { cleanup: own } : {}, status: finished(phase), earlier: [server, client], claims }), at);
  return (decision?.actions ?? []).flatMap((action) => ('name' in action ? action.name : []));
}

const all = ['net-server-0', 'net-client-0', 'net-files'];
const running0 = ['net-server-0'];

describe('what goes after the end', () => {
  test.each<[string, 'Succeeded' | 'Failed' | 'Cancelled', BenchmarkSpec['cleanup'], string[]]>([
    ['by default everything', 'Succeeded', undefined, all],
    ['everything after a failure, too', 'Failed', { pods: 'Always' }, all],
    ['everything after a cancellation', 'Cancelled', { pods: 'Always' }, all],
    ['OnSuccess: everything after a success', 'Succeeded', { pods: 'OnSuccess' }, all],
    ['OnSuccess: only what still runs after a failure', 'Failed', { pods: 'OnSuccess' }, running0],
    ['OnSuccess: only what still runs after a cancellation', 'Cancelled', { pods: 'OnSuccess' }, running0],
    ['Never: only what still runs', 'Succeeded', { pods: 'Never' }, running0],
    ['a ttl: only what still runs, at first', 'Succeeded', { ttlAfterFinished: '10m' }, running0],
  ])('%s', (_, phase, own, expected) => {
    expect(removed(phase, own)).toEqual(expected);
  });

  test('a ttl that has passed: everything', () => {
    expect(removed('Succeeded', { ttlAfterFinished: '10m' }, end + 10 * minute)).toEqual(all);
  });

  test('a ttl is waited for', () => {
    const observed = seen([], { spec: { cleanup: { ttlAfterFinished: '10m' } }, status: finished('Succeeded'), earlier: [client] });
    expect(cleanup(observed, end + second)?.recheckAt).toBe(end + 10 * minute);
  });

  test('a ttl is not waited for when nothing is left', () => {
    const observed = seen([], { spec: { cleanup: { ttlAfterFinished: '10m' } }, status: finished('Succeeded') });
    expect(cleanup(observed, end + second)).not.toHaveProperty('recheckAt');
  });

  test('what goes already is left alone', () => {
    const gone = { earlier: [running({ deleting: true })], claims: [{ name: 'c', uid: 'u', deleting: true }] };
    expect(cleanup(seen([], { status: finished('Succeeded'), ...gone }), end)?.actions).toEqual([]);
  });
});

test('the status stays as it is', () => {
  const status = finished('Succeeded');
  expect(cleanup(seen([], { status }), end + minute)?.status).toEqual(status);
});

test('a later change of the spec is seen, though it changes nothing', () => {
  const observed = seen([], { status: finished('Succeeded') });
  observed.benchmark.metadata.generation = 2;
  expect(cleanup(observed, end)?.status.observedGeneration).toBe(2);
});

test('a run that has not ended is not cleaned up', () => {
  expect(cleanup(seen([running()], { status: { phase: 'Running' } }), end)).toBeUndefined();
});

/** What is done, in words: `DeletePod net-server-0`. */
function deeds(decision: Decision | undefined): string[] {
  return (decision?.actions ?? []).map((action) => `${action.type} ${'name' in action ? action.name : ''}`);
}

describe('where something holds the pods', () => {
  const own = { holder: 'uid-job' };
  const held = [running({ role: 'server', ...own }), succeeded({}, { role: 'client', ...own })];
  const keeps = { cleanup: { pods: 'Never' as const } };

  function after(wait: number, more: Partial<Observed> = {}, spec: BenchmarkSpec = keeps) {
    return cleanup(seen(held, { spec, status: finished('Succeeded'), holders: [holder()], ...more }), end + wait);
  }

  test('they go with it', () => {
    expect(deeds(after(0, { claims }, {}))).toEqual(['DeleteHolder net', 'DeleteClaim net-files']);
  });

  test('it goes though it has no pods', () => {
    expect(deeds(cleanup(seen([], { status: finished('Failed'), holders: [holder()] }), end))).toEqual(['DeleteHolder net']);
  });

  test('it has some time to end them by itself where they are kept', () => {
    expect([deeds(after(0)), after(0)?.recheckAt]).toEqual([[], end + 10 * second]);
  });

  test('then those that still run are ended, without those that have', () => {
    expect(deeds(after(10 * second))).toEqual(['DeletePod net-server-0']);
  });

  test('it goes where some were never made: nothing has ended that could be kept', () => {
    expect(deeds(after(10 * second, { pods: [unmade()] }))).toEqual(['DeleteHolder net']);
  });

  test('nothing is waited for when all have ended', () => {
    expect(after(0, { pods: [succeeded({}, own)] })).not.toHaveProperty('recheckAt');
  });
});
