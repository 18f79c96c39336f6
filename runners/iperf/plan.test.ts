import { describe, expect, test } from '@jest/globals';
import type { Argument } from '../task.ts';
import type { IperfParameters } from './parameters.ts';
import { expectedTime, plan } from './plan.ts';
import { parameters } from './testing.ts';

function role(name: string, changes: Partial<IperfParameters> = {}) {
  const found = plan(parameters(changes)).find((planned) => planned.name === name);
  if (found === undefined) throw new Error(`no role ${name}`);
  return found;
}

function client(changes: Partial<IperfParameters> = {}): Argument[] {
  return role('client', changes).task.argv;
}

/** The options of a client beyond those of every run. */
function options(changes: Partial<IperfParameters>): string {
  const every = client(changes.version === 2 ? { version: 2 } : {});
  return client(changes)
    .filter((argument): argument is string => typeof argument === 'string' && !every.includes(argument))
    .join(' ');
}

/** The option that iperf 2 needs with addresses of IPv6 only. */
const ipv6 = (familyOf: string): Argument => ({ familyOf, IPv6: '--ipv6_domain' });

describe('the server', () => {
  test.each<[string, Partial<IperfParameters>, Argument[], string]>([
    ['iperf3', {}, ['iperf3', '--server', '--bind', { address: 'self' }, '--port', '5201'], 'TCP'],
    [
      'iperf3 with UDP, whose control connection is TCP',
      { protocol: 'UDP', bitrate: '1G' },
      ['iperf3', '--server', '--bind', { address: 'self' }, '--port', '5201'],
      'TCP',
    ],
    ['iperf 2', { version: 2, port: 6000 }, ['iperf', '--server', '--bind', { address: 'self' }, '--port', '6000', ipv6('self')], 'TCP'],
    [
      'iperf 2 with UDP',
      { version: 2, protocol: 'UDP' },
      ['iperf', '--server', '--bind', { address: 'self' }, '--port', '5201', ipv6('self'), '--udp'],
      'UDP',
    ],
  ])('%s', (_, changes, argv, protocol) => {
    const { task } = role('server', changes);
    expect(task.argv).toEqual(argv);
    expect(task.listens?.protocol).toBe(protocol);
  });

  test('is ready on the port after its own, stays until it is stopped, and its output is no result', () => {
    const { ends, task } = role('server', { port: 7000 });
    expect({ ends, ...task }).toMatchObject({ ends: false, measures: false, listens: { port: 7000 }, readyPort: 7001 });
    expect(task).not.toHaveProperty('deadline');
  });
});

describe('the client', () => {
  test('of iperf3', () => {
    expect(client()).toEqual([
      'iperf3',
      '--client',
      { address: 'server' },
      '--port',
      '5201',
      '--json',
      '--connect-timeout',
      '5000',
      '--interval',
      '1',
      '--time',
      '10',
      '--parallel',
      '1',
    ]);
  });

  test('of iperf 2', () => {
    expect(client({ version: 2 })).toEqual([
      'iperf',
      '--client',
      { address: 'server' },
      ipv6('server'),
      '--port',
      '5201',
      '--format',
      'k',
      '--time',
      '10',
      '--parallel',
      '1',
      '--interval',
      '1',
      '--enhanced',
    ]);
  });

  test('waits for the server, is bounded, tries once again, and its end ends the run', () => {
    const { after, ends, task } = role('client', { duration: '1m', omit: '5s' });
    expect({ after, ends, ...task }).toMatchObject({
      after: ['server'],
      ends: true,
      measures: true,
      waitFor: [{ role: 'server', port: 5202 }],
      waitLimit: 120,
      deadline: 95,
      reconnects: 1,
    });
  });

  test.each<[string, Partial<IperfParameters>, string]>([
    ['duration in seconds', { duration: '1m30s' }, '90'],
    ['streams', { streams: 8 }, '8'],
    ['UDP with a rate as a plain number', { protocol: 'UDP', bitrate: '2.5G' }, '--udp --bitrate 2500000000'],
    ['as fast as possible', { protocol: 'UDP', bitrate: '0' }, '--udp --bitrate 0'],
    ['reverse', { reverse: true }, '--reverse'],
    ['both ways', { bidirectional: true }, '--bidir'],
    ['omit', { omit: '2s' }, '--omit 2'],
    ['length in bytes', { length: '128Ki' }, '--length 131072'],
    ['window in bytes', { window: '4Mi' }, '--window 4194304'],
    [
      'further options in one piece each',
      { extraArgs: ['-C', 'bbr', '--zerocopy', '--set-mss=1400'] },
      '--congestion=bbr --zerocopy --set-mss=1400',
    ],
    ['iperf 2: UDP', { version: 2, protocol: 'UDP', bitrate: '100M' }, '--udp --bandwidth 100000000'],
    ['iperf 2: TCP without a limit', { version: 2, bitrate: '0' }, ''],
    ['iperf 2: both ways', { version: 2, bidirectional: true }, '--full-duplex'],
    ['iperf 2: reverse', { version: 2, reverse: true }, '--reverse'],
    ['iperf 2: length', { version: 2, length: '1400' }, '--len 1400'],
    ['iperf 2: further options', { version: 2, extraArgs: ['--nodelay'] }, '--nodelay'],
  ])('%s', (_, changes, expected) => {
    expect(options(changes)).toBe(expected);
  });

  test.each<[string, Partial<IperfParameters>, string]>([
    ['one second', { duration: '10s', streams: 128 }, '1'],
    ['longer where the report would grow too large', { duration: '1h', streams: 16 }, '5'],
    ['a minute at most, which is iperf3’s limit', { duration: '24h', streams: 128 }, '60'],
  ])('reports every %s', (_, changes, seconds) => {
    const argv = client(changes);
    expect(argv[argv.indexOf('--interval') + 1]).toBe(seconds);
  });

  test('iperf 2 does not report in intervals of the whole run', () => {
    expect(client({ version: 2, duration: '1s' })).not.toContain('--interval');
  });
});

test('the expected time counts what is omitted', () => {
  expect(expectedTime(parameters({ duration: '1m', omit: '5s' }))).toBe(65);
});
