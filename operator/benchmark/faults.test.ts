import { describe, expect, test } from '@jest/globals';
import type { Cause, PodState } from '../backends/backend.ts';
import { faultOf } from './faults.ts';
import { logTries } from './logs.ts';
import type { Observed } from './observed.ts';
import { failedWith, holder, over, pair, running, second, seen, start, succeeded, unmade } from './testing/builders.ts';

/** A pod whose log was read as often as it is worth it. @param fault what the log was like */
function afterReading(ended: Partial<Cause> & { exitCode: number }, fault?: Cause): Observed {
  const pod = over(ended);
  return seen([pod], { logs: new Map([[pod.uid, { tries: logTries, at: start, ...(fault && { fault }) }]]) });
}

const unreadable: Cause = { reason: 'ResultMissing', message: 'the log of net-sleeper-0 could not be read: no route to host' };
const forged: Cause = { reason: 'ResultCorrupt', message: 'the result in the log of net-sleeper-0 is not counted: 3 bytes are missing' };
const crash = { exitCode: 139, reason: 'PodFailed', message: 'net-sleeper-0 ended with exit code 139' } as const;
const wordless = { exitCode: 0, reason: 'ResultMissing', message: 'net-sleeper-0 ended well but left no result' } as const;

describe('a pod without a record', () => {
  test.each<[string, Observed, Cause]>([
    ['a crash with nothing in its log', afterReading(crash), { reason: 'PodFailed', message: crash.message }],
    [
      'a crash whose log cannot be read is still a crash',
      afterReading(crash, unreadable),
      { reason: 'PodFailed', message: `${crash.message}; ${unreadable.message}` },
    ],
    [
      'a crash in the middle of its result',
      afterReading(crash, forged),
      { reason: 'ResultCorrupt', message: `${crash.message}; ${forged.message}` },
    ],
    ['a good end without a result', afterReading(wordless), { reason: 'ResultMissing', message: wordless.message }],
    [
      'a good end whose log cannot be read',
      afterReading(wordless, unreadable),
      { reason: 'ResultMissing', message: `${wordless.message}; ${unreadable.message}` },
    ],
    [
      'a good end whose result in the log is unsound',
      afterReading(wordless, forged),
      { reason: 'ResultCorrupt', message: `${wordless.message}; ${forged.message}` },
    ],
  ])('%s', (_, observed, cause) => {
    expect(faultOf(observed)).toEqual(cause);
  });
});

const evicted = { reason: 'PodEvicted', message: 'EvictionByEvictionAPI: drained' } as const;
const deletion = { role: 'server', deleting: true, deletedAt: start + 10 * second };
const server = (more: Partial<PodState>) => running({ ...deletion, ...more });
const stopped = (at: number) => succeeded({}, { ...deletion, finishedAt: start + at * second });
const client = (at: number) => failedWith('ToolFailed', { role: 'client', finishedAt: start + at * second });

describe('a pod that is taken away is the cause of what its peers then say', () => {
  test.each<[string, PodState[], string]>([
    ['while it still ends', [client(10), server({ disruption: evicted })], 'PodEvicted'],
    ['by whomever', [client(10), server({})], 'PodDeleted'],
    ['also by a clock that is behind', [client(6), server({ disruption: evicted })], 'PodEvicted'],
    ['when it has ended after them', [client(11), { ...stopped(13), disruption: evicted }], 'PodEvicted'],
    ['but not of what was wrong before', [client(4), server({ disruption: evicted })], 'ToolFailed'],
    ['nor where no time of the deletion is known', [client(10), running({ role: 'server', deleting: true })], 'ToolFailed'],
  ])('%s', (_, pods, reason) => {
    expect(faultOf(seen(pods, { roles: pair }))?.reason).toBe(reason);
  });
});

test('a pod whose addresses are of another family is a fault while it runs, and says so before its peers do', () => {
  const pods = [
    running({ role: 'server', ip: undefined as never, addresses: ['10.0.0.1'] }),
    failedWith('PeerUnreachable', { role: 'client' }),
  ];
  const spec = { network: { ipFamily: 'IPv6' } } as const;
  expect(faultOf(seen(pods, { roles: pair, spec }))?.reason).toBe('AddressMissing');
});

describe('where something holds the pods', () => {
  const own = { holder: 'uid-job' };
  const job = { reason: 'JobStopped', message: 'Job net was aborted' } as const;
  const going = { ...own, deleting: true, deletedAt: start + 4 * second };
  const measuring = { role: 'client', ...own };
  const waiting = { reason: 'NotAllowed', message: 'violates PodSecurity', final: true } as const;

  test.each<[string, PodState[], Partial<Observed>, string | undefined]>([
    ['what it deletes for a failure is not the cause', [running({ role: 'server', ...going }), client(10)], {}, 'ToolFailed'],
    [
      'not even where a peer only was not reached',
      [running({ role: 'server', ...going }), failedWith('PeerUnreachable', measuring)],
      {},
      'PeerUnreachable',
    ],
    ['an eviction is', [running({ role: 'server', ...going, disruption: evicted }), running({ ...measuring, ...going })], {}, 'PodEvicted'],
    [
      'a deletion is, where nothing else went wrong',
      [running({ role: 'server', ...going }), running(measuring)],
      { stopped: job },
      'PodDeleted',
    ],
    [
      'and is none while a log may tell one',
      [running({ role: 'server', ...going }), over({ frame: 'InLog' }, measuring)],
      { stopped: job },
      undefined,
    ],
    [
      'nor is one that is gone while a log may tell one',
      [over({ frame: 'InLog' }, measuring)],
      { vanished: [{ name: 'net-server-0', role: 'server' }], stopped: job },
      undefined,
    ],
    [
      'its eviction is a cause, and what it deletes then is not',
      [running({ role: 'server', ...going }), running({ ...measuring, ...going })],
      { stopped: evicted },
      'PodEvicted',
    ],
    ['nor is what its other pods say then', [running({ role: 'server', ...going }), client(10)], { stopped: evicted }, 'PodEvicted'],
    ['its own end is the last word', [unmade({ role: 'server' }), unmade({ role: 'client' })], { stopped: job }, 'JobStopped'],
    ['nothing is wrong while they wait', [unmade({ role: 'server' }), unmade({ role: 'client' })], {}, undefined],
    ['but what no wait can mend', [unmade({ role: 'server', waiting })], {}, 'NotAllowed'],
  ])('%s', (_, pods, more, reason) => {
    expect(faultOf(seen(pods, { roles: pair, holders: [holder()], ...more }))?.reason).toBe(reason);
  });
});

describe('once all that measure have ended well', () => {
  const unread = over({ exitCode: 0, frame: 'InLog', reason: 'ResultMissing' }, { role: 'client' });

  test.each<[string, PodState[], Partial<Observed>]>([
    ['a server may be ended', [running({ role: 'server', holder: 'uid-job', deleting: true }), unread], {}],
    ['or be gone', [unread], { vanished: [{ name: 'net-server-0', role: 'server' }] }],
    ['and so may its holder', [unread], { stopped: { reason: 'JobStopped', message: 'gone' } }],
  ])('%s', (_, pods, more) => {
    expect(faultOf(seen(pods, { roles: pair, ...more }))).toBeUndefined();
  });

  test('but none of those that measure', () => {
    expect(faultOf(seen([unread], { roles: pair, vanished: [{ name: 'net-client-0', role: 'client' }] }))?.reason).toBe('PodDeleted');
  });
});
