import { expect, test } from '@jest/globals';
import type { Benchmark, BenchmarkPhase } from '../../operator/api/types.ts';
import { benchmark, request } from './builders.ts';
import { doubledOf, lostOf, membersIn } from './members.ts';
import type { Member } from './members.ts';
import type { Request } from './requests.ts';

const users = { subject: 'operator', kubelet: 'kubelet' };

/** What a run of one member with two pods leaves in the log. */
const pair: Request[] = [
  request(1000, 'create benchmarks net-0-07'),
  request(1100, 'create pods net-0-07-server-0'),
  request(1500, 'create pods net-0-07-client-0'),
  request(2100, 'update benchmarks/status net-0-07'),
  request(3000, 'patch pods/status net-0-07-client-0', { user: 'kubelet' }),
  request(3050, 'update benchmarks/status net-0-07'),
  request(3060, 'delete pods net-0-07-server-0'),
  request(3070, 'delete pods net-0-07-client-0'),
];

test('a member: its writes, pods and times', () => {
  expect(membersIn(pair, users)).toEqual([{ name: 'net-0-07', writes: 7, pods: 2, toFirstPod: 100, toStatus: 50, doneAt: 3050 }]);
});

test.each<[string, Request, Partial<Member>]>([
  [
    'a write that was refused counts as a write',
    request(1050, 'create pods net-0-07-server-0', { code: 409 }),
    { writes: 8, pods: 2, toFirstPod: 100 },
  ],
  [
    'a status that was refused ends nothing',
    request(9000, 'update benchmarks/status net-0-07', { code: 409 }),
    { writes: 8, doneAt: 3050 },
  ],
  ['a read is no write', request(1050, 'get pods net-0-07-server-0'), { writes: 7 }],
  ['pods of a second attempt are its own', request(4000, 'create pods net-0-07-server-0-a1'), { writes: 8, pods: 3 }],
  ['what others write is not counted', request(1050, 'patch pods net-0-07-server-0', { user: 'somebody' }), { writes: 7, pods: 2 }],
  [
    'a pod that a controller makes for the subject is a pod and no write of its own',
    request(1050, 'create pods net-0-07-extra-0', { user: 'volcano' }),
    { writes: 7, pods: 3, toFirstPod: 50 },
  ],
  ['what holds pods is written', request(1050, 'create jobs net-0-07'), { writes: 8, pods: 2 }],
  ['that of a second attempt is, too, with its pods', request(4000, 'create jobs net-0-07-a1'), { writes: 8 }],
  ['and pods that it makes', request(4000, 'create pods net-0-07-a1-server-0', { user: 'volcano' }), { writes: 7, pods: 3 }],
  ['another member is apart', request(1050, 'create pods net-0-08-server-0'), { writes: 7, pods: 2 }],
])('%s', (_, more, expected) => {
  expect(membersIn([...pair, more], users)[0]).toMatchObject(expected);
});

test('a member that was never made is none', () => {
  expect(membersIn([request(0, 'create benchmarks a-0-0', { code: 500 })], users)).toEqual([]);
});

test('a member without a status has no end', () => {
  const [member] = membersIn(pair.slice(0, 3), users);
  expect(Number.isFinite(member?.doneAt)).toBe(false);
});

/** One in this phase, after so many attempts. */
function inPhase(name: string, phase: BenchmarkPhase, attempts = 1): Benchmark {
  const attempt = { index: 0, startedAt: '', pods: [] };
  return benchmark(name, { phase, attempts: Array.from({ length: attempts }, () => attempt) });
}

test.each<[string, BenchmarkPhase[], number]>([
  ['none', ['Succeeded', 'Succeeded'], 0],
  ['one that failed', ['Succeeded', 'Failed'], 1],
  ['one that runs on', ['Running', 'Succeeded'], 1],
  ['one that is not there', ['Succeeded'], 1],
])('lost of two: %s', (_, phases, lost) => {
  const all = phases.map((phase, index) => inPhase(`a-${index}`, phase));
  expect(lostOf(2, all)).toBe(lost);
});

test.each<[string, number, number, number]>([
  ['as many pods as planned, one attempt', 2, 1, 0],
  ['a pod more', 3, 1, 1],
  ['a second attempt', 2, 2, 1],
  ['both are one member', 4, 2, 1],
])('doubled: %s', (_, pods, attempts, doubled) => {
  const seen: Member[] = [{ name: 'a', writes: 7, pods, toFirstPod: 0, toStatus: 0, doneAt: 0 }];
  expect(doubledOf(seen, [inPhase('a', 'Succeeded', attempts)], 2)).toBe(doubled);
});
