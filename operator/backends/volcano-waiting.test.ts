import { describe, expect, test } from '@jest/globals';
import { eventsByObject } from './pod-waiting.ts';
import type { EventAbout } from './pod-waiting.ts';
import { event, job, podGroup } from './testing/volcano.ts';
import type { PodGroup } from './volcano-waiting.ts';
import { gangWaiting } from './volcano-waiting.ts';

const counted = '2/2 tasks in gang unschedulable: pod group is not ready, 2 Pending, 2 minAvailable';
const short = event('uid-group', 'Unschedulable', 'queue resource quota insufficient', 'Normal', 1);
const later = event('uid-group', 'Unschedulable', '0/0 tasks in gang unschedulable', 'Warning', 2);

function waiting(group: PodGroup | undefined, events: EventAbout[] = []) {
  return gangWaiting(job({}, { queue: 'night' }), group, eventsByObject(events));
}

describe('KP-45 why a gang waits is told in the words of Volcano', () => {
  test.each<[string, PodGroup | undefined, EventAbout[], string, string]>([
    ['nobody has taken the Job up', undefined, [], 'Starting', 'does it run, and is there a queue night?'],
    ['the scheduler has said nothing yet', podGroup('Pending'), [], 'Starting', "waits for Volcano's scheduler in queue night"],
    [
      'the queue is full',
      podGroup('Pending', '0/0 tasks in gang unschedulable'),
      [short, later],
      'Unschedulable',
      'is Pending in queue night: queue resource quota insufficient',
    ],
    ['no node is free', podGroup('Inqueue', counted), [short, later], 'Unschedulable', `is Inqueue in queue night: ${counted}`],
    [
      'only an Event says so',
      podGroup('Inqueue'),
      [short],
      'Unschedulable',
      'is Inqueue in queue night: queue resource quota insufficient',
    ],
  ])('%s', (_, group, events, reason, words) => {
    expect(waiting(group, events)).toEqual({ reason, message: expect.stringContaining(words) });
  });

  test('however many they are', () => {
    expect(waiting(podGroup('Inqueue', 'x'.repeat(5000))).message.length).toBeLessThan(1010);
  });
});

/** An Event with the API server's words as Volcano prints them. */
function failed(said: string): EventAbout {
  const error = `&errors.StatusError{ErrStatus:v1.Status{Message:"${said}", Reason:"Forbidden"}}`;
  return event('uid-job', 'FailedCreate', `Error creating pods: [failed to create pod net-client-0, err: ${error}]`, 'Warning');
}

describe('pods that Volcano may not make', () => {
  test.each([
    ['a quota', 'pods \\"net-client-0\\" is forbidden: exceeded quota: small', 'QuotaExceeded', undefined],
    ['pod security', 'pods \\"net-client-0\\" is forbidden: violates PodSecurity \\"restricted\\"', 'NotAllowed', true],
    ['another webhook', 'admission webhook \\"x\\" denied it', 'ConfigError', undefined],
  ])('for %s', (_, said, reason, final) => {
    const { message, ...rest } = waiting(podGroup('Inqueue', counted), [failed(said)]);
    expect(rest).toEqual({ reason, ...(final === undefined ? {} : { final }) });
    expect(message).toBe(`Volcano cannot make the pods of Job net: ${said.replaceAll('\\"', '"')}`);
  });

  test('in words that are not those of Go', () => {
    expect(waiting(undefined, [event('uid-job', 'FailedCreate', 'no room', 'Warning')]).message).toContain('Job net: no room');
  });
});
