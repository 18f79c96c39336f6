import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { check } from './check.ts';
import { plan } from './plan.ts';
import type { Settings } from './settings.ts';
import { bandwidthParameters as parameters } from './testing.ts';

test.each<[string, Partial<Settings>]>([
  ['the defaults', {}],
  ['a day', { duration: '24h', messageSize: 1 }],
  ['the largest message', { messageSize: 2 ** 31 - 1 }],
  ['a datagram of a packet', { connection: 'UD', mode: 'send', messageSize: '4Ki' }],
  ['options of every test', { extraArgs: ['--gid-index', '3', '-m', '4096', '--sl=5'] }],
  ['an option of the connection manager', { extraArgs: ['--tos=32'] }],
  ['an option of reading', { extraArgs: ['--outs=16'] }],
  ['an option of sending', { mode: 'send', extraArgs: ['--rx-depth=512', '--use-srq'] }],
])('%s are good', (_, changes) => {
  expect(check('Bandwidth', parameters(changes))).toEqual([]);
});

describe('KP-38 combinations that perftest would refuse are named with their path', () => {
  test.each<[string, Partial<Settings>, string, string]>([
    ['no time', { duration: '0s', messageSize: 1 }, 'duration', '0s is not allowed; 1s to 24h'],
    ['more than a day', { duration: '25h', messageSize: 1 }, 'duration', '25h is not allowed; 1s to 24h'],
    ['a message of nothing', { messageSize: '0' }, 'messageSize', '0 is not allowed; 1 to 2147483647 bytes'],
    ['a message above perftest’s bound', { messageSize: '2048Mi' }, 'messageSize', '2048Mi is not allowed; 1 to 2147483647 bytes'],
    [
      'a datagram above every MTU',
      { connection: 'UD', mode: 'send', messageSize: '8Ki' },
      'messageSize',
      '8Ki is not allowed with UD; 1 to 4096 bytes',
    ],
    ['an option of reading in a send', { mode: 'send', extraArgs: ['--outs=4'] }, 'extraArgs[0]', '"--outs=4" is not allowed'],
    ['an option of sending in a read', { extraArgs: ['--sl=1', '--rx-depth=9'] }, 'extraArgs[1]', '"--rx-depth=9" is not allowed'],
    ['inline data in a read', { extraArgs: ['--inline_size=64'] }, 'extraArgs[0]', '"--inline_size=64" is not allowed'],
    ['events of a write', { mode: 'write', extraArgs: ['--events'] }, 'extraArgs[0]', '"--events" is not allowed'],
    ['events of a run by time', { duration: '5s', messageSize: 2, extraArgs: ['-e'] }, 'extraArgs[0]', '"-e" is not allowed'],
    ['a class of service without the connection manager', { rdmaCM: false, extraArgs: ['-T', '1'] }, 'extraArgs[0]', '"-T" is not allowed'],
    ['a value out of range', { extraArgs: ['--mtu=9000'] }, 'extraArgs[0]', '--mtu needs a value like'],
    ['a file', { extraArgs: ['--out_json_file=/x'] }, 'extraArgs[0]', 'is not allowed'],
    ['other units', { extraArgs: ['--report-per-port'] }, 'extraArgs[0]', 'is not allowed'],
    ['a run without an end', { extraArgs: ['--run_infinitely'] }, 'extraArgs[0]', 'is not allowed'],
  ])('%s', (_, changes, path, message) => {
    expect(check('Bandwidth', parameters(changes))).toEqual([{ path, message: expect.stringContaining(message) }]);
  });

  test('an option of bandwidth in a test of latency', () => {
    expect(check('Latency', parameters({ extraArgs: ['--tx-depth=8'] }))).toMatchObject([{ path: 'extraArgs[0]' }]);
  });

  test('every wrong value at once', () => {
    const wrong = parameters({ duration: '0s', messageSize: '0', extraArgs: ['--all'] });
    expect(check('Latency', wrong).map(({ path }) => path)).toEqual(['duration', 'messageSize', 'extraArgs[0]']);
  });
});

const hostile = fc.oneof(
  fc.constantFrom('--', '-a', '--port=1', '--mmap=/etc/passwd', '--sl=1\n--all', '$(id)', "'", '\0', '10.0.0.9', '-D 9'),
  fc.string(),
);

test('KP-34 no further option, however it is written, becomes another argument', () => {
  fc.assert(
    fc.property(fc.array(hostile, { maxLength: 4 }), (extraArgs) => {
      const plain = plan('Bandwidth', parameters());
      const own = plan('Bandwidth', parameters({ extraArgs }));
      const [before, after] = [plain, own].map((roles) => roles[0]?.task.argv ?? []);
      expect(after?.slice(0, before?.length)).toEqual(before);
      const added = after?.slice(before?.length) ?? [];
      expect(added.every((argument) => typeof argument === 'string' && /^--[a-z_0-9-]+(=\w+)?$/.test(argument))).toBe(true);
      if (added.length === 0 && extraArgs.length > 0) expect(check('Bandwidth', parameters({ extraArgs }))).not.toEqual([]);
    }),
  );
});
