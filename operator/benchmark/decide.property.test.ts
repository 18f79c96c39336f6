import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Attempt, Benchmark } from '../api/types.ts';
import type { HolderState } from '../backends/backend.ts';
import { decide } from './decide.ts';
import { logTries } from './logs.ts';
import type { Observed } from './observed.ts';
import { isOver } from './status.ts';
import {
  attempt,
  failedWith,
  holder,
  minute,
  over,
  pair,
  pending,
  running,
  seen,
  start,
  succeeded,
  unmade,
  unschedulable,
} from './testing/builders.ts';

const states = [
  pending(),
  unschedulable(),
  pending({ reason: 'ImagePullFailed', message: 'not found', final: true }),
  running(),
  running({ deleting: true }),
  running({ disruption: { reason: 'NodeLost', message: 'gone' } }),
  succeeded(),
  failedWith('ToolFailed'),
  failedWith('PeerUnreachable'),
  over({ frame: 'InLog', exitCode: 0, reason: 'ResultMissing' }),
  over({ frame: 'Missing', exitCode: 0, reason: 'ResultMissing' }),
  over({ frame: 'Corrupt', reason: 'ResultCorrupt' }),
  unmade(),
  running({ holder: 'uid-job' }),
  running({ holder: 'uid-job', deleting: true }),
];

/** No pod, or one in any state; `name` is its role and the beginning of its UID. */
const podOf = (name: string, role = name) =>
  fc
    .option(fc.constantFrom(...states), { nil: undefined })
    .map((state) => (state ? [{ ...state, role, name: `net-${name}-0`, uid: state.uid === '' ? '' : `uid-${name}` }] : []));

const observations = fc
  .record({
    server: podOf('server'),
    client: podOf('client'),
    earlier: podOf('earlier', 'server'),
    vanished: fc.constantFrom<Observed['vanished']>([], [{ name: 'net-client-0', role: 'client' }]),
    holders: fc.constantFrom<HolderState[]>([], [holder()], [holder({ deleting: true, deletedAt: start })]),
    stopped: fc.constantFrom(undefined, { reason: 'JobStopped' as const, message: 'aborted' }),
    suspend: fc.boolean(),
    cancel: fc.boolean(),
    retries: fc.integer({ min: 0, max: 2 }),
    attempts: fc.constantFrom<Attempt[]>([], [attempt(0, 'Failed')], [attempt(0, 'Failed', { reason: 'HalfPlaced' })]),
    refused: fc.constantFrom(undefined, { reason: 'InvalidSpec' as const, message: 'wrong' }),
    obstacle: fc.constantFrom(
      undefined,
      { reason: 'QuotaExceeded' as const, message: 'full', final: false, since: start, at: start },
      { reason: 'NameConflict' as const, message: 'taken', final: true, since: start, at: start },
    ),
    admitted: fc.boolean(),
    read: fc.integer({ min: 0, max: logTries }),
    startsTogether: fc.boolean(),
  })
  .map(({ server, client, suspend, cancel, retries, attempts, refused, obstacle, stopped, admitted, read, ...rest }): Observed => {
    const pods = [...server, ...client];
    return seen(pods, {
      ...rest,
      spec: { suspend, cancel, retries },
      status: { phase: 'Running', attempts },
      roles: refused ? [] : pair,
      ...(refused ? { refused } : {}),
      ...(stopped ? { stopped } : {}),
      ...(obstacle ? { obstacle } : {}),
      ...(pods.length === 0 ? { admission: admitted ? { admitted: true } : { admitted: false, message: 'place 2' } } : {}),
      logs: new Map(pods.map(({ uid }) => [uid, { tries: read, at: start }])),
    });
  });

const moments = fc.integer({ min: 0, max: 60 }).map((minutes) => start + minutes * minute);

function after(observed: Observed, now: number): Benchmark {
  return { ...observed.benchmark, status: decide(observed, now).status };
}

test('nothing hangs: what has not ended does something, or is looked at again, or waits for its owner', () => {
  fc.assert(
    fc.property(observations, moments, (observed, now) => {
      const { actions, recheckAt, status } = decide(observed, now);
      const rests = isOver({ ...observed.benchmark, status }) || status.phase === 'Suspended';
      expect(rests || actions.length > 0 || (recheckAt !== undefined && Number.isFinite(recheckAt))).toBe(true);
    }),
  );
});

test('a number comes only from a verified record of success', () => {
  fc.assert(
    fc.property(observations, moments, (observed, now) => {
      const { metrics, phase } = decide(observed, now).status;
      const measured = observed.pods.some(
        ({ role, ended }) => role === 'client' && ended?.record?.outcome === 'Succeeded' && ended.frame === 'Verified',
      );
      const isClaimed = metrics !== undefined || phase === 'Succeeded';
      expect(isClaimed && !measured).toBe(false);
    }),
  );
});

test('pods of the current attempt are never deleted: their attempt ends in the status first', () => {
  fc.assert(
    fc.property(observations, moments, (observed, now) => {
      const own = new Set(observed.pods.map(({ uid }) => uid));
      const deleted = decide(observed, now).actions.flatMap((action) => (action.type === 'DeletePod' ? action.uid : []));
      expect(deleted.filter((uid) => own.has(uid))).toEqual([]);
    }),
  );
});

test('nor is what holds them', () => {
  fc.assert(
    fc.property(observations, moments, (observed, now) => {
      const isClosed = isOver(observed.benchmark) || observed.earlier.some((pod) => pod.holder === 'uid-job');
      const deleted = decide(observed, now).actions.filter(({ type }) => type === 'DeleteHolder');
      expect(isClosed ? [] : deleted).toEqual([]);
    }),
  );
});

test('what is still to be made is neither told anything nor deleted', () => {
  fc.assert(
    fc.property(observations, moments, (observed, now) => {
      const { actions } = decide(observed, now);
      expect(actions.filter((action) => (action.type === 'TellPeers' || action.type === 'DeletePod') && action.uid === '')).toEqual([]);
    }),
  );
});

test('a pod is told only what is so, and only what it does not know', () => {
  fc.assert(
    fc.property(observations, moments, (observed, now) => {
      const server = observed.pods.find(({ role }) => role === 'server');
      const told = decide(observed, now).actions.flatMap((action) => (action.type === 'TellPeers' ? action : []));
      for (const { uid, text } of told) {
        expect(JSON.parse(text)).toEqual({ version: 1, peers: { server: [server?.ip] } });
        expect(observed.pods.find((pod) => pod.uid === uid)).toMatchObject({ role: 'client', deleting: false });
      }
      expect(told.length === 0 || observed.startsTogether).toBe(true);
    }),
  );
});

test('closed attempts are never changed or lost', () => {
  fc.assert(
    fc.property(observations, moments, (observed, now) => {
      const before = observed.benchmark.status?.attempts ?? [];
      expect(after(observed, now).status?.attempts?.slice(0, before.length)).toEqual(before);
    }),
  );
});
