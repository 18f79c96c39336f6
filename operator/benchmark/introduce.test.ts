import { describe, expect, test } from '@jest/globals';
import { role } from '../backends/testing/builders.ts';
import { untoldPods } from './introduce.ts';
import { over, pair, pending, running, seen } from './testing/builders.ts';

const server = running({ role: 'server', ip: '10.0.0.1' });
const client = running({ role: 'client' });
const told = '{"version":1,"peers":{"server":["10.0.0.1"]}}';
const together = { roles: pair, startsTogether: true };

const names = (...found: Parameters<typeof untoldPods>) => untoldPods(...found).map(({ pod, text }) => [pod.name, text]);

describe('pods to be told', () => {
  test.each([
    ['a client that knows nothing', [server, client], [['net-client-0', told]]],
    ['a client that does not run yet', [server, pending({}, { role: 'client' })], [['net-client-0', told]]],
    ['a client that was told the address of before', [server, { ...client, told: told.replace('.1"', '.2"') }], [['net-client-0', told]]],
    ['a client whose annotation somebody emptied', [server, { ...client, told: '' }], [['net-client-0', told]]],
    ['none that knows', [server, { ...client, told }], []],
    ['a client whose server has no address, without a text', [pending({}, { role: 'server' }), client], [['net-client-0', undefined]]],
    ['a client without a server', [client], [['net-client-0', undefined]]],
    ['none that is being deleted', [server, { ...client, deleting: true }], []],
    ['none that has ended', [server, over({}, { role: 'client' })], []],
    ['nobody where there is nobody', [], []],
  ])('%s', (_, pods, expected) => {
    expect(names(seen(pods, together))).toEqual(expected);
  });

  test('nobody where pods get their addresses when they are made', () => {
    expect(names(seen([server, client], { roles: pair }))).toEqual([]);
  });

  test('all replicas of a role, with the same words', () => {
    const roles = [role({ name: 'server', ends: false }), role({ name: 'client', replicas: 2, after: ['server'] })];
    const pods = [server, client, running({ role: 'client', index: 1, told: 'x' })];
    expect(names(seen(pods, { ...together, roles }))).toEqual([
      ['net-client-0', told],
      ['net-client-1', told],
    ]);
  });

  test('nobody before every replica that is needed has an address', () => {
    const roles = [role({ name: 'server', replicas: 2, ends: false }), role({ name: 'client', after: ['server'] })];
    expect(names(seen([server, client], { ...together, roles }))).toEqual([['net-client-0', undefined]]);
  });
});
