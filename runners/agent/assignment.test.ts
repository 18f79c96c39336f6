import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';

import { readAssignment } from './assignment.ts';
import { assignment, task, testKey } from './testing.ts';

const read = (value: unknown) => readAssignment(JSON.stringify(value));

describe('readAssignment', () => {
  test.each([
    ['the least', assignment()],
    ['peers', assignment({ peers: { server: ['10.0.0.1', 'fd00::1'] } })],
    ['a peers file', assignment({ peersFile: { path: '/assay/peers', limit: 0.5 } })],
    ['a family', assignment({ ipFamily: 'IPv6' })],
    ['an interface and its MTU', assignment({ interface: 'net1', mtu: 9000 })],
    ['an option by family', assignment({ task: task({ argv: ['iperf', { familyOf: 'server', IPv6: '-V' }] }) })],
    ['files', assignment({ task: task({ files: [{ name: 'job.fio', content: '[a]' }], workdir: '/data' }) })],
    ['an address and a script', assignment({ task: task({ argv: ['node', { script: 'a.ts' }, { address: 'self', before: '-B' }] }) })],
  ])('takes %s', (_, value) => {
    expect(read(value)).toEqual({ ok: true, assignment: value });
  });

  test.each<[string, unknown, string]>([
    ['another version', { ...assignment(), version: 2 }, 'version 2 is not known; this agent reads 1'],
    ['no workload', { ...assignment(), workload: undefined }, 'workload: a name'],
    ['no role', { ...assignment(), role: 7 }, 'role: a name'],
    ['no parameters', { ...assignment(), parameters: null }, 'parameters: an object'],
    ['peers that are no lists', { ...assignment(), peers: { server: '10.0.0.1' } }, 'peers: lists of addresses'],
    ['a peers file outside', assignment({ peersFile: { path: '../../etc/passwd', limit: 1 } }), 'peersFile: an absolute path'],
    ['a peers file without a limit', { ...assignment(), peersFile: { path: '/assay/peers' } }, 'and a limit from 0'],
    ['a peers file as text', { ...assignment(), peersFile: '/assay/peers' }, 'peersFile: an absolute path'],
    ['another family', { ...assignment(), ipFamily: 'ipv6' }, 'ipFamily: IPv4 or IPv6 is needed'],
    ['an interface by number', { ...assignment(), interface: 1 }, 'interface: a name is needed'],
    ['an MTU as text', { ...assignment(), mtu: '9000' }, 'mtu: a number from 0 is needed'],
    ['no task', { ...assignment(), task: undefined }, 'task.argv: a program'],
    ['an empty command line', assignment({ task: task({ argv: [] }) }), 'task.argv: a program'],
    ['a number in the command line', { ...assignment(), task: { ...task(), argv: ['a', 1] } }, 'task.argv: a program'],
    ['a program that is an address', assignment({ task: task({ argv: [{ address: 'self' }] }) }), 'task.argv[0]: the name of a program'],
    ['an environment of numbers', { ...assignment(), task: { ...task(), env: { A: 1 } } }, 'task.env: text or addresses by name'],
    ['a token that is none', { ...assignment(), token: 'x' }, 'token: hexadecimal digits'],
    ['a use of the token that is none', { ...assignment(), task: { ...task(), usesToken: 'yes' } }, 'task.usesToken: true or nothing'],
    ['hosts without a separator', { ...assignment(), task: { ...task(), argv: ['a', { hosts: ['b'] }] } }, 'task.argv: a program'],
    [
      'hosts that are no list',
      { ...assignment(), task: { ...task(), argv: ['a', { hosts: 'b', separator: ',' }] } },
      'task.argv: a program',
    ],
    ['a file of numbers', { ...assignment(), task: { ...task(), files: [{ name: 'x', content: [1] }] } }, 'task.files: plain file names'],
    ['a relative workdir', assignment({ task: task({ workdir: 'data' }) }), 'task.workdir: an absolute path'],
    ['a workdir that climbs', assignment({ task: task({ workdir: '/data/../../etc' }) }), 'task.workdir: an absolute path'],
    ['a file with a path', assignment({ task: task({ files: [{ name: '../x', content: '' }] }) }), 'task.files: plain file names'],
    ['a hidden file', assignment({ task: task({ files: [{ name: '.bashrc', content: '' }] }) }), 'task.files: plain file names'],
    ['a negative deadline', assignment({ task: task({ deadline: -1 }) }), 'task.deadline: a number from 0'],
    ['reconnects as text', { ...assignment(), task: { ...task(), reconnects: '1' } }, 'task.reconnects: a number from 0'],
  ])('refuses %s, and knows the key all the same', (_, value, message) => {
    expect(read(value)).toEqual({ ok: false, key: testKey, message: expect.stringContaining(message) });
  });

  test('tells whoever starts it by hand what it is for', () => {
    expect(readAssignment('')).toEqual({ ok: false, message: 'there is no task; this program is for the pods that the operator makes' });
  });

  test.each(['{', 'null', '[]', '{}', '{"key":"short"}'])('refuses "%s" without a key', (text) => {
    expect(readAssignment(text)).toEqual({ ok: false, message: expect.any(String) });
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (value, inner) => {
        expect(read({ ...assignment(), task: value, peers: inner }).ok).toBe(false);
      }),
    );
  });
});
