import { describe, expect, test } from '@jest/globals';
import type { Series } from '../../measure/metric.ts';
import { read, sample, sampleNames, toolOutput, values } from '../testing.ts';
import { parseIperf2 } from './iperf2.ts';
import type { IperfParameters } from './parameters.ts';
import { iperf2Samples, parameters } from './testing.ts';

const Ki = 1024;
const Mi = 1024 * Ki;
const Gi = 1024 * Mi;

const good: [name: string, asked: Partial<IperfParameters>, metrics: Record<string, number>][] = [
  ['tcp_P1_fk.txt', { duration: '3s' }, { bandwidth: 8_753_165_000, sentBandwidth: 8_753_165_000, transferred: 3_211_904 * Ki }],
  ['tcp_P1_noi.txt', { duration: '5s' }, { bandwidth: 4.81e9, transferred: 2.81 * Gi }],
  ['tcp_P4.txt', { duration: '5s', streams: 4 }, { bandwidth: 4.47e9, transferred: 2679 * Mi }],
  ['tcp_P4_fm.txt', { duration: '3s', streams: 4 }, { bandwidth: 16_111e6, transferred: 5779 * Mi }],
  ['tcp_P4_noi.txt', { duration: '3s', streams: 4 }, { bandwidth: 12.9e9 }],
  ['tcp_e_enhanced.txt', { duration: '3s' }, { bandwidth: 10.1e9, retransmits: 6 }],
  ['tcp_P2_i1_e.txt', { duration: '2s', streams: 2 }, { bandwidth: 38_568_673_000, transferred: 9_469_184 * Ki, retransmits: 2 }],
  ['tcp_R_P2.txt', { duration: '2s', streams: 2, reverse: true }, { bandwidth: 46.93e9, transferred: 11_574_016 * Ki }],
  [
    'tcp_full_duplex_i1.txt',
    { duration: '2s', bidirectional: true },
    { bandwidth: 12_649_933_000, reverseBandwidth: 11_157_824_000, reverseTransferred: 2_724_608 * Ki },
  ],
  ['udp_R_P2.txt', { duration: '2s', protocol: 'UDP', streams: 2, reverse: true }, { bandwidth: 20.01e6, jitter: 0.000_001, loss: 0 }],
  ['tcp_fK.txt', { duration: '2s' }, { bandwidth: 977_393 * Ki * 8, transferred: 1_962_496 * Ki }],
  ['tcp_fM.txt', { duration: '2s' }, { bandwidth: 1357 * Mi * 8 }],
  ['tcp_fg.txt', { duration: '2s' }, { bandwidth: 10.5e9 }],
  [
    'tcp_full_duplex.txt',
    { duration: '3s', bidirectional: true },
    { bandwidth: 107e6, reverseBandwidth: 95.8e6, reverseTransferred: 38.4 * Mi },
  ],
  [
    'udp_b100M_P1.txt',
    { duration: '3s', protocol: 'UDP' },
    { bandwidth: 78.3e6, sentBandwidth: 105e6, jitter: 0.000_002, loss: 6779 / 26_754, transferred: 28 * Mi },
  ],
  [
    'udp_b100M_P4.txt',
    { duration: '3s', protocol: 'UDP', streams: 4 },
    { bandwidth: 88.8e6, sentBandwidth: 271.4e6, jitter: 0.000_001_5, loss: 47_914 / 71_211, transferred: 32.63 * Mi },
  ],
  ['udp_b100M_P4_i1_fm.txt', { duration: '3s', protocol: 'UDP', streams: 4 }, { bandwidth: 115.6e6, loss: 47_870 / 76_553 }],
  ['udp_default.txt', { duration: '3s', protocol: 'UDP' }, { bandwidth: 1.06e6, loss: 0 }],
  [
    'tcp_ipv6_P2_e.txt',
    { duration: '2s', streams: 2 },
    { bandwidth: 7_611_919_000 + 6_465_564_000, transferred: (1_939_456 + 1_673_600) * Ki, retransmits: 43 },
  ],
  [
    'udp_ipv6_b20M.txt',
    { duration: '2s', protocol: 'UDP' },
    { bandwidth: 18.392e6, sentBandwidth: 20.011e6, transferred: 4492 * Ki, loss: 280 / 3452 },
  ],
  ['udp_l1400_b1G.txt', { duration: '3s', protocol: 'UDP' }, { bandwidth: 74e6, sentBandwidth: 305e6, loss: 62_487 / 82_107 }],
];

/** Within a thousandth, by which a tool rounds. */
function close(value: number) {
  return expect.closeTo(value, -Math.log10(value) + 3);
}

/** The series of a recording that is a result. */
function seriesOf(name: string): readonly Series[] {
  const parsed = parseIperf2(sample(iperf2Samples, name));
  return parsed.ok ? (parsed.series ?? []) : [];
}

const noClient = 'its result needs the whole report of one client';
const csv = 'run it without -y';
const bad: [name: string, reason: string, message: string][] = [
  ['err_bad_host.txt', 'PeerUnreachable', 'Unknown host'],
  ['err_bad_option.txt', 'ToolFailed', 'unrecognized option'],
  ['err_dualtest_same_host.txt', 'ToolFailed', 'listener bind failed'],
  ['err_killed_midrun.txt', 'Interrupted', 'ends early, at 2.9369 s'],
  ['err_no_server.txt', 'PeerUnreachable', 'tcp connect failed: Connection refused'],
  ['err_udp_no_server.txt', 'PeerUnreachable', 'Connection refused'],
  ['err_udp_server_crashed.txt', 'PeerUnreachable', 'Connection refused'],
  ['server_tcp_log.txt', 'OutputUnparsable', '33 whole rows where 32 belong to 32 streams'],
  ['server_udp_log.txt', 'OutputUnparsable', noClient],
  ['tcp_P4_yC.txt', 'OutputUnparsable', csv],
  ['tcp_sum_only_P4.txt', 'OutputUnparsable', noClient],
  ['tcp_yC.txt', 'OutputUnparsable', csv],
  ['udp_b100M_P1.server.txt', 'OutputUnparsable', noClient],
  ['udp_b100M_P4.server.txt', 'OutputUnparsable', noClient],
  ['udp_b100M_P4_i1_fm.server.txt', 'OutputUnparsable', noClient],
  ['udp_b100M_yC.server.txt', 'OutputUnparsable', noClient],
  ['udp_b100M_yC.txt', 'OutputUnparsable', csv],
  ['udp_l1400_b1G.server.txt', 'OutputUnparsable', noClient],
  ['version.txt', 'OutputUnparsable', noClient],
];

test('every recording of iperf 2 is judged', () => {
  expect([...good, ...bad].map(([name]) => name).toSorted()).toEqual(sampleNames(iperf2Samples));
});

describe('KP-1 runs that ended well', () => {
  test.each(good)('%s', (name, asked, expected) => {
    const found = values(parseIperf2(sample(iperf2Samples, name), parameters({ version: 2, ...asked })));
    for (const [metric, value] of Object.entries(expected)) {
      expect([metric, found[metric]]).toEqual([metric, expect.closeTo(value, value > 1 ? -Math.log10(value) + 3 : 9)]);
    }
  });

  test.each(good)('%s without parameters has the same figures, and says what cannot be seen', (name, asked) => {
    const output = sample(iperf2Samples, name);
    const parsed = parseIperf2(output);
    expect(values(parsed)).toEqual(values(parseIperf2(output, parameters({ version: 2, ...asked }))));
    expect(parsed).toMatchObject({ warnings: [expect.stringContaining('does not print how long')] });
  });

  test.each([
    ['one stream', 'tcp_P1_fk.txt', 'sentBandwidth', 1, [10_232_005_000, 8_595_177_000, 7_483_687_000]],
    ['the sum of several', 'tcp_P4.txt', 'sentBandwidth', 1, [4.52e9, 3.85e9, 3.89e9, 6.37e9, 3.77e9]],
  ])('bandwidth over time of %s', (_, name, series, interval, expected) => {
    expect(parseIperf2(sample(iperf2Samples, name))).toMatchObject({
      series: [{ name: series, unit: 'bit/s', start: 0, interval, values: expected }, {}, {}],
    });
  });

  test.each(['tcp_P1_noi.txt', 'tcp_full_duplex.txt'])('%s has no bandwidth over time', (name) => {
    expect(seriesOf(name).filter((series) => 'interval' in series)).toEqual([]);
  });

  test.each<[string, string, number[], number[], number[]]>([
    ['one stream', 'tcp_P1_fk.txt', [1], [8_753_165_000], [3_211_904 * Ki]],
    [
      'four, which the tool lists in another order',
      'tcp_P4_fm.txt',
      [1, 2, 3, 4],
      [2.935e9, 4.079e9, 5.397e9, 3.7e9],
      [1053 * Mi, 1464 * Mi, 1936 * Mi, 1326 * Mi],
    ],
    ['a stream of UDP, by what arrived', 'udp_b100M_P1.txt', [1], [78.3e6], [28 * Mi]],
    ['streams that the server sends', 'tcp_R_P2.txt', [1, 2], [23_054_341_000, 23_878_065_000], [5_748_864 * Ki, 5_825_152 * Ki]],
  ])('KP-1 bytes and bit/s of %s', (_, name, numbers, bandwidths, bytes) => {
    const over = { name: 'stream', unit: 'count', values: numbers };
    expect(seriesOf(name).filter((series) => 'over' in series)).toEqual([
      { name: 'streamBandwidth', unit: 'bit/s', over, values: bandwidths.map(close) },
      { name: 'streamTransferred', unit: 'B', over, values: bytes.map(close) },
    ]);
  });

  test('a run both ways tells the streams of each way', () => {
    const names = seriesOf('tcp_full_duplex.txt').map(({ name }) => name);
    expect(names).toEqual(['streamBandwidth', 'streamTransferred', 'reverseStreamBandwidth', 'reverseStreamTransferred']);
  });
});

describe('runs that failed', () => {
  test.each(bad)('%s is %s', (name, reason, message) => {
    expect(parseIperf2(sample(iperf2Samples, name))).toEqual({ ok: false, reason, message: expect.stringContaining(message) });
  });

  test('a client that was stopped is short of the time asked for', () => {
    expect(parseIperf2(sample(iperf2Samples, 'err_killed_midrun.txt'), parameters({ version: 2, duration: '20s' }))).toEqual({
      ok: false,
      reason: 'OutputUnparsable',
      message: 'iperf measured 2.937 s where 20 s were asked for; it was cut short',
    });
  });

  test.each<[string, string, Partial<IperfParameters>, string]>([
    ['streams', 'tcp_P4.txt', { streams: 8 }, 'streams 4 where 8'],
    ['protocol', 'tcp_P1_fk.txt', { protocol: 'UDP' }, 'protocol "TCP" where "UDP"'],
    ['direction', 'tcp_P1_fk.txt', { reverse: true }, 'reverse false where true'],
    ['one direction of two', 'tcp_P1_fk.txt', { bidirectional: true }, 'bidirectional false where true'],
  ])('another run than asked for is refused: %s', (_, name, asked, message) => {
    const parsed = parseIperf2(sample(iperf2Samples, name), parameters({ version: 2, duration: '3s', ...asked }));
    expect(parsed).toEqual({ ok: false, reason: 'OutputUnparsable', message: `iperf ran with ${message} was asked for` });
  });

  test('UDP without the server’s report is only what was sent', () => {
    const output = sample(iperf2Samples, 'udp_b100M_P1.txt');
    const stdout = output.stdout.replace(/\[ {2}1\] Server Report:[^]*/, '');
    expect(parseIperf2({ ...output, stdout })).toMatchObject({
      reason: 'OutputUnparsable',
      message: "the server's report is missing for stream 1; what arrived is unknown",
    });
  });

  test.each([
    ['the server’s report of one of four streams is missing', 'udp_b100M_P4.txt', /\[ {2}3\] Server Report:\n.*\n.*\n/, ''],
    ['a stream has no row', 'tcp_P4_fm.txt', /\[ {2}1\] 0\.0000.*\n/, ''],
    ['the sum is missing', 'tcp_P4_fm.txt', /\[SUM\].*\n/, ''],
    ['the sum is another', 'tcp_P4_fm.txt', '5779 MBytes  16150', '6779 MBytes  18945'],
    ['a row contradicts itself', 'tcp_P4_fm.txt', '1464 MBytes', '1964 MBytes'],
    ['more is lost than was sent', 'udp_b100M_P1.txt', '6779/26754', '36779/26754'],
    [
      'no datagram arrived',
      'udp_default.txt',
      /389 KBytes {2}1\.06 Mbits\/sec {3}0\.001 ms 0\/271/,
      '0.000 KBytes  0.000 Kbits/sec   0.000 ms 0/0',
    ],
    ['only the first of several intervals is left', 'tcp_P1_fk.txt', /\[ {2}1\] 1\.0[^]*/, ''],
    ['the way back is missing', 'tcp_full_duplex.txt', /\[ \*1\].*\n/, ''],
  ])('KP-1 refused when %s', (_, name, from, to) => {
    const output = sample(iperf2Samples, name);
    const stdout = output.stdout.replace(from, to);
    expect(stdout).not.toBe(output.stdout);
    expect(read(parseIperf2({ ...output, stdout }))).toBe('OutputUnparsable');
  });

  test('nothing at all is no result', () => {
    expect(read(parseIperf2(toolOutput()))).toBe('OutputUnparsable');
  });
});
