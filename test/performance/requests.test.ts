import { expect, test } from '@jest/globals';
import type { AuditEvent } from '../cluster/audit.ts';
import { auditEvent, request } from './builders.ts';
import { countsOf, isPoll, isWrite, requestsFrom } from './requests.ts';

test('an event becomes a request with times to the microsecond', () => {
  expect(requestsFrom([auditEvent()], 'bench')).toEqual([
    {
      user: 'operator',
      verb: 'create',
      resource: 'pods',
      name: 'a',
      code: 201,
      receivedAt: Date.UTC(2026, 10, 21, 7),
      answeredAt: Date.UTC(2026, 10, 21, 7) + 1.5,
    },
  ]);
});

test.each<[string, Partial<AuditEvent>, number]>([
  ['in the namespace', {}, 1],
  ['in another namespace', { objectRef: { resource: 'pods', namespace: 'other' } }, 0],
  ['of all namespaces', { objectRef: { resource: 'pods' } }, 1],
  ['without an object', { objectRef: undefined as never }, 1],
  ['a watch that begins', { verb: 'watch', stage: 'ResponseStarted' }, 1],
  ['a watch that ends', { verb: 'watch' }, 0],
  ['an answer that only begins', { stage: 'ResponseStarted' }, 0],
])('counted: a request %s', (_, event, count) => {
  expect(requestsFrom([auditEvent(event)], 'bench')).toHaveLength(count);
});

test('a subresource is part of the resource', () => {
  const objectRef = { resource: 'benchmarks', subresource: 'status', namespace: 'bench', name: 'a' };
  expect(requestsFrom([auditEvent({ verb: 'update', objectRef })], 'bench')[0]?.resource).toBe('benchmarks/status');
});

test('a time without a fraction is read, too', () => {
  const [seen] = requestsFrom([auditEvent({ stageTimestamp: '2026-11-21T07:00:01Z' })], 'bench');
  expect(seen?.answeredAt).toBe(Date.UTC(2026, 10, 21, 7, 0, 1));
});

test.each([
  ['create', true, false],
  ['update', true, false],
  ['patch', true, false],
  ['delete', true, false],
  ['deletecollection', true, false],
  ['get', false, true],
  ['list', false, true],
  ['watch', false, false],
])('%s is a write: %s, a poll: %s', (verb, write, poll) => {
  expect([isWrite({ verb }), isPoll({ verb })]).toEqual([write, poll]);
});

test('counts by verb and resource, the most frequent first and equals by name', () => {
  const all = ['delete pods a', 'create pods b', 'update benchmarks/status a', 'create pods c', 'create pods d'];
  expect(Object.entries(countsOf(all.map((what) => request(0, what))))).toEqual([
    ['create pods', 3],
    ['delete pods', 1],
    ['update benchmarks/status', 1],
  ]);
});
