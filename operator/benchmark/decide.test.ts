import { describe, expect, test } from '@jest/globals';
import { decide } from './decide.ts';
import { logTries } from './logs.ts';
import type { Observed } from './observed.ts';
import {
  attempt,
  failedWith,
  minute,
  over,
  pair,
  pending,
  podState,
  running,
  second,
  seen,
  start,
  succeeded,
  told,
  unschedulable,
} from './testing/builders.ts';

/** What is done, in words: `CreateRoles server`, `DeletePod net-server-0`. */
function deeds(observed: Observed, now: number): string[] {
  return decide(observed, now).actions.map((action) => {
    switch (action.type) {
      case 'CreateRoles':
        return `CreateRoles ${action.roles.join(' ')}`;
      case 'DeleteHolder':
        return `DeleteHolder ${action.name}`;
      case 'ReadLog':
        return `ReadLog ${action.pod.name}`;
      case 'TellPeers':
      case 'DeletePod':
      case 'DeleteClaim':
      case 'Publish':
        return `${action.type} ${action.name}`;
    }
    return '';
  });
}

/** The log of net-sleeper-0 was read as often as it may be. */
const readOut = new Map([['uid-sleeper-0', { tries: logTries, at: start }]]);
const admitted = { admission: { admitted: true } } as const;
const client = { role: 'client' };
const server = { role: 'server' };

describe('the way of a run that goes well', () => {
  test.each<[string, Observed, string[], string]>([
    ['just created', seen([], admitted), ['CreateRoles sleeper'], 'Pending'],
    ['in the queue', seen([], { admission: { admitted: false, message: 'place 2' } }), [], 'Pending'],
    ['its pod is pending', seen([pending()]), [], 'Preparing'],
    ['its pod runs', seen([running()]), [], 'Running'],
    ['its pod left a result', seen([succeeded()]), ['Publish net-results'], 'Succeeded'],
    ['a pair begins with the server', seen([], { roles: pair, ...admitted }), ['CreateRoles server'], 'Pending'],
    ['the server has no address yet', seen([pending({}, server)], { roles: pair }), [], 'Preparing'],
    ['the server has one', seen([running(server)], { roles: pair }), ['CreateRoles client'], 'Preparing'],
    ['both run', seen([running(server), running(client)], { roles: pair }), [], 'Running'],
    [
      'the client left a result, the server runs on',
      seen([running(server), succeeded({}, client)], { roles: pair }),
      ['Publish net-results'],
      'Succeeded',
    ],
  ])('%s', (_, observed, actions, phase) => {
    expect(deeds(observed, start + 3 * second)).toEqual(actions);
    expect(decide(observed, start + 3 * second).status.phase).toBe(phase);
  });
});

describe('every failing path ends with its own reason', () => {
  test.each<[string, Observed, number, string, RegExp]>([
    [
      'the spec is refused',
      seen([], { roles: [], refused: { reason: 'InvalidSpec', message: 'spec.sleep: wrong' } }),
      0,
      'InvalidSpec',
      /spec\.sleep: wrong/,
    ],
    [
      'rights that the policy does not give',
      seen([], { roles: [], refused: { reason: 'NotAllowed', message: 'no' } }),
      0,
      'NotAllowed',
      /no/,
    ],
    [
      'the image is missing',
      seen([pending({ reason: 'ImagePullFailed', message: 'not found' })]),
      6 * minute,
      'ImagePullFailed',
      /not running after 5m .*not found; check spec\.pod\.image/,
    ],
    [
      'a name that is no image',
      seen([pending({ reason: 'ImagePullFailed', message: 'InvalidImageName', final: true })]),
      second,
      'ImagePullFailed',
      /InvalidImageName/,
    ],
    [
      'a Secret is missing',
      seen([pending({ reason: 'ConfigError', message: 'secret "s" not found' })]),
      6 * minute,
      'ConfigError',
      /secret "s" not found/,
    ],
    ['no node fits', seen([unschedulable()]), 6 * minute, 'Unschedulable', /0\/2 nodes are available; free a node/],
    [
      'a volume does not come',
      seen([pending({ reason: 'VolumePending', message: 'unbound' })]),
      6 * minute,
      'PendingTimeout',
      /unbound; check the claim/,
    ],
    [
      'the scheduler is silent',
      seen([pending({ reason: 'Starting', message: 'waits for the scheduler' })]),
      6 * minute,
      'PendingTimeout',
      /waits for the scheduler/,
    ],
    ['it never ends', seen([running()]), 31 * minute, 'RunningTimeout', /no result after 30m \(spec\.timeouts\.running\)/],
    [
      'a crash',
      seen([over({ exitCode: 139, reason: 'PodFailed', message: 'exit code 139' })], { logs: readOut }),
      second,
      'PodFailed',
      /exit code 139/,
    ],
    [
      'out of memory',
      seen([over({ exitCode: 137, reason: 'OutOfMemory', message: 'killed for memory' })]),
      second,
      'OutOfMemory',
      /killed for memory/,
    ],
    ['evicted', seen([over({ reason: 'PodEvicted', message: 'low on memory' })]), second, 'PodEvicted', /low on memory/],
    [
      'evicted, and its agent told to stop',
      seen([{ ...failedWith('Interrupted'), disruption: { reason: 'PodEvicted', message: 'low on memory' } }]),
      second,
      'PodEvicted',
      /low on memory/,
    ],
    ['stopped by nobody knows whom', seen([failedWith('Interrupted')]), second, 'Interrupted', /said Interrupted/],
    [
      'the node of the server drained',
      seen([{ ...succeeded({}, server), disruption: { reason: 'PodEvicted', message: 'drained' } }, running(client)], { roles: pair }),
      second,
      'PodEvicted',
      /net-server-0: drained/,
    ],
    ['about to be evicted', seen([running({ disruption: { reason: 'PodEvicted', message: 'drained' } })]), second, 'PodEvicted', /drained/],
    [
      'the node is gone',
      seen([running({ deleting: true, disruption: { reason: 'NodeLost', message: 'node-1' } })]),
      second,
      'NodeLost',
      /node-1/,
    ],
    [
      'deleted by hand, while it goes',
      seen([running({ deleting: true })]),
      second,
      'PodDeleted',
      /net-sleeper-0 was deleted by somebody else/,
    ],
    [
      'deleted by hand, and gone',
      seen([], { vanished: [{ name: 'net-sleeper-0', role: 'sleeper' }] }),
      second,
      'PodDeleted',
      /net-sleeper-0/,
    ],
    ['the tool is missing', seen([failedWith('ToolMissing')]), second, 'ToolMissing', /net-sleeper-0: said ToolMissing/],
    ['unparsable output', seen([failedWith('OutputUnparsable')]), second, 'OutputUnparsable', /said OutputUnparsable/],
    [
      'a frame that was cut',
      seen([over({ frame: 'Corrupt', reason: 'ResultCorrupt', message: 'cut after 812' })]),
      second,
      'ResultCorrupt',
      /cut after 812/,
    ],
    [
      'the name is taken',
      seen([], { obstacle: { reason: 'NameConflict', message: 'Pod x exists', final: true, since: start, at: start } }),
      second,
      'NameConflict',
      /Pod x exists/,
    ],
    [
      'no quota',
      seen([], { obstacle: { reason: 'QuotaExceeded', message: 'exceeded quota', final: false, since: start, at: start } }),
      6 * minute,
      'QuotaExceeded',
      /exceeded quota; raise the quota/,
    ],
    [
      'the server dies first',
      seen([over({ reason: 'OutOfMemory', message: 'server killed' }, server), running(client)], { roles: pair }),
      second,
      'OutOfMemory',
      /server killed/,
    ],
    [
      'the server ends well, but too early',
      seen([succeeded({}, server), running(client)], { roles: pair }),
      second,
      'PodFailed',
      /net-server-0 \(server\) ended before the run did/,
    ],
  ])('%s', (_, observed, after, reason, message) => {
    const decision = decide(observed, start + after);
    expect(told(decision)).toMatchObject({ phase: 'Failed', reason, message: expect.stringMatching(message) });
    expect(decision.warning).toMatchObject({ reason });
    expect(decision.urgent).toBe(true);
  });
});

describe('what comes first when several things are so', () => {
  const late = 40 * minute;
  const failed = { phase: 'Failed' as const, conditions: [] };
  test.each<[string, Observed, number, string]>([
    ['a result beats a deadline', seen([succeeded()]), late, 'Succeeded'],
    ['a result beats a deletion by hand', seen([succeeded({}, { deleting: true })]), second, 'Succeeded'],
    ['a result beats a suspension', seen([succeeded()], { spec: { suspend: true } }), second, 'Succeeded'],
    ['a result beats a server that died after it', seen([over({}, server), succeeded({}, client)], { roles: pair }), second, 'Succeeded'],
    ['a cancellation beats a result', seen([succeeded()], { spec: { cancel: true } }), second, 'Pending'],
    ['a fault beats a deadline', seen([failedWith('ToolFailed')]), late, 'Failed'],
    ['a suspension beats a fault', seen([failedWith('ToolFailed')], { spec: { suspend: true } }), second, 'Suspended'],
    ['a failed run stays failed, whatever its pods say', seen([succeeded()], { status: failed }), second, 'Failed'],
    ['a cancellation comes too late for what has ended', seen([], { spec: { cancel: true }, status: failed }), second, 'Failed'],
  ])('%s', (_, observed, after, phase) => {
    expect(decide(observed, start + after).status.phase).toBe(phase);
  });

  test('a client that cannot reach its server is not the cause when the server died', () => {
    const pods = [
      over({ reason: 'OutOfMemory', message: 'server killed' }, { ...server, finishedAt: start + minute }),
      failedWith('PeerUnreachable', client),
    ];
    expect(told(decide(seen(pods, { roles: pair }), start + 2 * minute))).toMatchObject({ reason: 'OutOfMemory' });
  });

  test('of two faults the earlier one is the cause', () => {
    const pods = [
      failedWith('ToolFailed', { ...client, finishedAt: start + minute }),
      over({ reason: 'PodEvicted', message: 'evicted' }, { ...server, finishedAt: start + second }),
    ];
    expect(told(decide(seen(pods, { roles: pair }), start + 2 * minute))).toMatchObject({ reason: 'PodEvicted' });
  });
});

describe('when to look again', () => {
  test.each<[string, Observed, number | undefined]>([
    ['a pending pod: at the pending limit', seen([pending()]), 5 * minute],
    ['a running pod: at the running limit, from its start', seen([running()]), 30 * minute + 2 * second],
    ["the spec's own limits", seen([pending()], { spec: { timeouts: { pending: '90s' } } }), 90 * second],
    ['an attempt before: the limit begins with its own pod', seen([pending({}, { createdAt: start + minute })]), 6 * minute],
    ['in the queue: now and then', seen([], { admission: { admitted: false, message: '' } }), 3 * second + 30 * second],
    ['suspended: when the spec changes', seen([], { spec: { suspend: true } }), undefined],
  ])('%s', (_, observed, expected) => {
    const { recheckAt } = decide(observed, start + 3 * second);
    expect(recheckAt === undefined ? undefined : recheckAt - start).toBe(expected);
  });
});

test('the same observation gives the same decision', () => {
  const observed = seen([running(server), succeeded({}, client)], {
    roles: pair,
    status: { attempts: [attempt(0, 'Failed')], phase: 'Running' },
  });
  expect(decide(observed, start)).toEqual(decide(structuredClone(observed), start));
});

test('a pod of an attempt before does not count for this one', () => {
  const observed = seen([], {
    ...admitted,
    earlier: [succeeded({}, { name: 'net-sleeper-0' })],
    status: { attempts: [attempt(0, 'Failed')] },
  });
  expect(deeds(observed, start + minute)).toEqual(['CreateRoles sleeper']);
});

test('a pod whose state nobody knows is waited for until the limit', () => {
  const observed = seen([podState({ phase: 'Unknown' })]);
  expect([decide(observed, start + minute), decide(observed, start + 6 * minute)].map(({ status }) => status.phase)).toEqual([
    'Preparing',
    'Failed',
  ]);
});
