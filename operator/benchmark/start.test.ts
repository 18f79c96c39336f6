import { describe, expect, test } from '@jest/globals';
import { decide } from './decide.ts';
import type { Observed } from './observed.ts';
import { pair, pending, running, second, seen, start, succeeded, unmade } from './testing/builders.ts';

/** What is done, in words: `CreateRoles server`, `TellPeers net-client-0`. */
function deeds(observed: Observed, now: number): string[] {
  return decide(observed, now).actions.map((action) => {
    if (action.type === 'ReadLog') return `ReadLog ${action.pod.name}`;
    return `${action.type} ${action.type === 'CreateRoles' ? action.roles.join(' ') : action.name}`;
  });
}

const admitted = { admission: { admitted: true } } as const;
const client = { role: 'client' };
const server = { role: 'server' };

describe('the way of a pair that starts together', () => {
  const together = { roles: pair, startsTogether: true };
  const informed = { ...client, told: '{"version":1,"peers":{"server":["10.0.0.1"]}}' };
  const obstacle = { reason: 'ConfigError', message: 'no right', final: false, since: start, at: start + second } as const;

  test.each<[string, Observed, string[], string]>([
    ['all pods are made at once', seen([], { ...together, ...admitted }), ['CreateRoles server client'], 'Pending'],
    ['one of them is there', seen([pending({}, server)], together), ['CreateRoles client'], 'Preparing'],
    ['nobody has an address', seen([pending({}, server), running(client)], together), [], 'Preparing'],
    ['the server has one', seen([running(server), pending({}, client)], together), ['TellPeers net-client-0'], 'Preparing'],
    ['the client is still to be made', seen([running(server), unmade(client)], together), [], 'Preparing'],
    ['both are', seen([unmade(server), unmade(client)], together), [], 'Preparing'],
    ['the client runs and was not told', seen([running(server), running(client)], together), ['TellPeers net-client-0'], 'Preparing'],
    ['the client was told', seen([running(server), running(informed)], together), [], 'Running'],
    [
      'what was told is no longer so',
      seen([running({ ...server, ip: '10.0.0.9' }), running(informed)], together),
      ['TellPeers net-client-0'],
      'Running',
    ],
    ['nothing is told before all are made', seen([running(server)], together), ['CreateRoles client'], 'Preparing'],
    ['what was refused is not tried at once', seen([running(server), running(client)], { ...together, obstacle }), [], 'Preparing'],
    ['the client left a result', seen([running(server), succeeded({}, informed)], together), ['Publish net-results'], 'Succeeded'],
  ])('%s', (_, observed, actions, phase) => {
    expect(deeds(observed, start + 3 * second)).toEqual(actions);
    expect(decide(observed, start + 3 * second).status.phase).toBe(phase);
  });

  test('what was refused is tried again after a pause', () => {
    const observed = seen([running(server), running(client)], { ...together, obstacle });
    expect(decide(observed, start + 3 * second).recheckAt).toBe(start + 6 * second);
    expect(deeds(observed, start + 6 * second)).toEqual(['TellPeers net-client-0']);
  });
});
