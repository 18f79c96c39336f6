import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { check } from './check.ts';
import type { IperfParameters } from './parameters.ts';
import { plan } from './plan.ts';
import { parameters } from './testing.ts';

test.each<[string, Partial<IperfParameters>]>([
  ['the defaults', {}],
  ['a day', { duration: '24h' }],
  ['one second', { duration: '1s' }],
  ['UDP with a large datagram', { protocol: 'UDP', bitrate: '1G', length: '65507' }],
  ['a large window', { window: '512Mi' }],
  ['further options', { extraArgs: ['--zerocopy', '--fq-rate', '1G', '-S', '0x10'] }],
  ['further options of iperf 2', { version: 2, extraArgs: ['--tcp-congestion=cubic', '-M', '1400'] }],
])('%s are good', (_, changes) => {
  expect(check(parameters(changes))).toEqual([]);
});

test.each<[string, Partial<IperfParameters>, string, string]>([
  ['no time', { duration: '0s' }, 'duration', '0s is not allowed; 1s to 24h'],
  ['more than a day', { duration: '25h' }, 'duration', '25h is not allowed; 1s to 24h'],
  ['a long omission', { omit: '11m' }, 'omit', '11m is not allowed; up to 10m'],
  ['a write of nothing', { length: '0' }, 'length', '0 is not allowed with TCP; 1 to 1048576 bytes'],
  ['a write above iperf’s bound', { length: '2Mi' }, 'length', '2Mi is not allowed with TCP; 1 to 1048576 bytes'],
  [
    'a datagram that fits into no packet',
    { protocol: 'UDP', bitrate: '1G', length: '64Ki' },
    'length',
    '64Ki is not allowed with UDP; 16 to 65507 bytes',
  ],
  [
    'a datagram without room for the header',
    { protocol: 'UDP', bitrate: '1G', length: '8' },
    'length',
    '8 is not allowed with UDP; 16 to 65507 bytes',
  ],
  ['a huge window', { window: '1024Mi' }, 'window', '1024Mi is not allowed; 1Ki to 512Mi'],
  [
    'a rate of 0 that iperf 2 cannot send',
    { version: 2, protocol: 'UDP', bitrate: '0' },
    'bitrate',
    'iperf 2 sends UDP at a rate above 0 only',
  ],
  ['an output file', { extraArgs: ['--logfile=/x'] }, 'extraArgs[0]', '"--logfile=/x" is not allowed; allowed are --affinity'],
  ['another format', { extraArgs: ['--zerocopy', '-J'] }, 'extraArgs[1]', '"-J" is not allowed'],
  ['a file to send', { extraArgs: ['--file', '/etc/passwd'] }, 'extraArgs[0]', '"--file" is not allowed'],
  ['a daemon', { extraArgs: ['-D'] }, 'extraArgs[0]', '"-D" is not allowed'],
  ['an option of iperf3 for iperf 2', { version: 2, extraArgs: ['--zerocopy'] }, 'extraArgs[0]', 'allowed are --fq-rate'],
])('%s is refused with its path', (_, changes, path, message) => {
  expect(check(parameters(changes))).toEqual([{ path, message: expect.stringContaining(message) }]);
});

test('every wrong value is told at once', () => {
  expect(check(parameters({ duration: '0s', window: '1', extraArgs: ['-J'] })).map(({ path }) => path)).toEqual([
    'duration',
    'window',
    'extraArgs[0]',
  ]);
});

const hostile = fc.oneof(
  fc.constantFrom(
    '--',
    '-J',
    '--logfile=/x',
    '--title=a\n--json',
    '$(id)',
    '`id`',
    "'; rm -rf /; '",
    '"',
    '--client',
    '\0',
    '--zerocopy\n-D',
    'é',
  ),
  fc.string(),
);

test('no further option, however it is written, becomes another argument', () => {
  fc.assert(
    fc.property(fc.array(hostile, { maxLength: 4 }), (extraArgs) => {
      const own = plan(parameters({ extraArgs }));
      const plain = plan(parameters());
      const before = plain[1]?.task.argv ?? [];
      expect(own[0]).toEqual(plain[0]);
      expect(own[1]?.task.argv.slice(0, before.length)).toEqual(before);
      const added = own[1]?.task.argv.slice(before.length) ?? [];
      expect(added.length).toBeLessThanOrEqual(extraArgs.length);
      expect(added.every((argument) => typeof argument === 'string' && /^--[a-z0-9-]+(=[\w,.-]+)?$/.test(argument))).toBe(true);
      if (added.length === 0 && extraArgs.length > 0) expect(check(parameters({ extraArgs }))).not.toEqual([]);
    }),
  );
});
