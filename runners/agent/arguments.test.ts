import { describe, expect, test } from '@jest/globals';

import type { Argument } from '../task.ts';
import { resolveArguments } from './arguments.ts';

const addresses = { self: '10.0.0.9', peers: { server: ['10.0.0.1', 'fd00::2'] } };
const resolve = (...argv: Argument[]) => resolveArguments(argv, addresses, '/app/runners');

describe('resolveArguments', () => {
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
    ['node as the own Node', ['node', 'node'], [process.execPath, 'node']],
    ['a script', ['node', { script: 'cpusoaker/soak.ts' }], [process.execPath, '/app/runners/cpusoaker/soak.ts']],
  ])('%s', (_, argv, expected) => {
    expect(resolve(...argv)).toEqual(expected);
  });

  test.each<[string, Argument, string]>([
    ['a role without addresses', { address: 'worker' }, 'the address of worker 0 is not known; 0 of that role are'],
    ['an index beyond the role', { address: 'server', index: 2 }, 'the address of server 2 is not known; 2 of that role are'],
    ['the family of a role without addresses', { familyOf: 'worker' }, 'the address of worker 0 is not known'],
    ['a script outside', { script: '../operator/main.ts' }, 'script ../operator/main.ts is not below'],
    ['a script that climbs', { script: 'a/../../b.ts' }, 'is not below'],
    ['no script', { script: '' }, 'is not below'],
  ])('refuses %s', (_, argument, message) => {
    expect(() => resolve('x', argument)).toThrow(message);
  });

  test('a pod without address cannot name itself', () => {
    expect(() => resolveArguments(['x', { address: 'self' }], { self: '', peers: {} }, '/app')).toThrow(
      'the address of self 0 is not known',
    );
  });
});
