import { describe, expect, test } from '@jest/globals';

import type { Argument } from '../task.ts';
import { filled, rolesNamedIn } from './arguments.ts';

const addresses = { self: '10.0.0.9', interface: 'eth0', peers: { server: ['10.0.0.1', 'fd00::2'] } };
const resolve = (...argv: Argument[]) => filled({ argv }, addresses, '/app/runners').argv;

/** In a pod that has no address. */
function unknown(argument: Argument): () => unknown {
  return () => filled({ argv: ['x', argument] }, { self: '', peers: {} }, '/app');
}

describe('a command line', () => {
  test.each<[string, Argument[], string[]]>([
    ['text as it is', ['fio', '--name=a b', '$(rm -rf /)', ''], ['fio', '--name=a b', '$(rm -rf /)', '']],
    ['the own address', ['iperf3', '-B', { address: 'self' }], ['iperf3', '-B', '10.0.0.9']],
    ['the first peer', ['iperf3', { address: 'server' }], ['iperf3', '10.0.0.1']],
    ['a peer by index', ['fio', { address: 'server', index: 1 }], ['fio', 'fd00::2']],
    ['text around', ['fio', { address: 'server', before: '--client=', after: ',8765' }], ['fio', '--client=10.0.0.1,8765']],
    [
      'text by the family of the address',
      ['fio', ...[0, 1].map((index) => ({ address: 'server', index, before: { IPv4: 'ip:', IPv6: 'ip6:' } }))],
      ['fio', 'ip:10.0.0.1', 'ip6:fd00::2'],
    ],
    ['an option of one family, for that family', ['iperf', { familyOf: 'server', IPv4: '-4' }], ['iperf', '-4']],
    ['an option of one family, left out for the other', ['iperf', { familyOf: 'self', IPv6: '-V' }, '-e'], ['iperf', '-e']],
    ['all addresses of a role', ['x', { hosts: ['server'], separator: ' ' }], ['x', '10.0.0.1 fd00::2']],
    [
      'all addresses of several, the own among them, with text behind each',
      ['mpirun', { hosts: ['self', 'server'], after: '/2', separator: ',' }],
      ['mpirun', '10.0.0.9/2,10.0.0.1/2,fd00::2/2'],
    ],
    [
      'IPv6 without colons',
      ['mpirun', { hosts: ['server'], after: ':1', separator: ',', hyphens: true }],
      ['mpirun', '10.0.0.1:1,fd00--2:1'],
    ],
    ['the interface that has the own address', ['x', { interfaceOf: 'self' }], ['x', 'eth0']],
    ['node as the own Node, on one thread', ['node', 'node'], [process.execPath, '--single-threaded', 'node']],
    ['a script', ['node', { script: 'cpusoaker/soak.ts' }], [process.execPath, '--single-threaded', '/app/runners/cpusoaker/soak.ts']],
  ])('%s', (_, argv, expected) => {
    expect(resolve(...argv)).toEqual(expected);
  });

  test.each<[string, Argument, string]>([
    ['a role without addresses', { address: 'worker' }, 'the address of worker 0 is not known; 0 of that role are'],
    ['an index beyond the role', { address: 'server', index: 2 }, 'the address of server 2 is not known; 2 of that role are'],
    ['the family of a role without addresses', { familyOf: 'worker' }, 'the address of worker 0 is not known'],
    ['all addresses of a role without any', { hosts: ['self', 'worker'], separator: ',' }, 'the addresses of worker are not known'],
    ['a script outside', { script: '../operator/main.ts' }, 'script ../operator/main.ts is not below'],
    ['a script that climbs', { script: 'a/../../b.ts' }, 'is not below'],
    ['no script', { script: '' }, 'is not below'],
  ])('refuses %s', (_, argument, message) => {
    expect(() => resolve('x', argument)).toThrow(message);
  });

  test('a pod without address cannot name itself', () => {
    expect(unknown({ address: 'self' })).toThrow('the address of self 0 is not known');
    expect(unknown({ hosts: ['self'], separator: ',' })).toThrow('the addresses of self are not known');
    expect(unknown({ interfaceOf: 'self' })).toThrow("no network interface has the pod's own address");
  });
});

test('variables are filled in, and left out for another family', () => {
  const env = { A: 'a', B: { address: 'self', after: '%' }, C: { familyOf: 'self', IPv6: 'x' } };
  expect(filled({ argv: ['x'], env }, addresses, '/app').env).toEqual({ A: 'a', B: '10.0.0.9%' });
});

test('files are filled in, element behind element', () => {
  const files = [
    { name: 'a', content: 'as it is' },
    { name: 'b', content: ['interface = ', { interfaceOf: 'self' as const }, '\n'] },
  ];
  expect(filled({ argv: ['x'], files }, addresses, '/app').files).toEqual([
    { name: 'a', content: 'as it is' },
    { name: 'b', content: 'interface = eth0\n' },
  ]);
});

test('the roles that a task needs addresses of stand in its command line, its variables and its files', () => {
  const task = {
    argv: ['x', { address: 'a' }, { hosts: ['self', 'b'], separator: ',' }],
    env: { E: { address: 'c' }, F: { familyOf: 'self' } },
    files: [
      { name: 'f', content: [{ hosts: ['d'], separator: ',' }] },
      { name: 'g', content: 'e' },
    ],
  };
  expect(rolesNamedIn(task)).toEqual(['a', 'self', 'b', 'c', 'self', 'd']);
});
