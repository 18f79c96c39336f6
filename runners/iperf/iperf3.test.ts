import { describe, expect, test } from '@jest/globals';
import { at } from '../document.ts';
import { read, sample, sampleNames, toolOutput, values } from '../testing.ts';
import { parseIperf3 } from './iperf3.ts';
import type { IperfParameters } from './parameters.ts';
import { iperf3Samples, parameters } from './testing.ts';

const good: [name: string, asked: Partial<IperfParameters>, metrics: Record<string, number>][] = [
  [
    'tcp_P1.json',
    { duration: '3s' },
    { bandwidth: 1_112_957_160.98, sentBandwidth: 1_135_361_117.6, transferred: 426_016_704, retransmits: 13 },
  ],
  ['tcp_R.json', { duration: '3s', reverse: true }, { bandwidth: 855_485_545.9, retransmits: 68 }],
  ['tcp_R_P4.json', { duration: '2s', reverse: true, streams: 4 }, { bandwidth: 1_166_671_903.6, retransmits: 5 }],
  [
    'tcp_bidir.json',
    { duration: '3s', bidirectional: true },
    {
      bandwidth: 580_007_259.354_173,
      retransmits: 34,
      reverseBandwidth: 1_572_510_656.227_378_8,
      reverseRetransmits: 20,
      reverseTransferred: 590_610_432,
    },
  ],
  ['tcp_i0.json', { duration: '3s' }, { retransmits: 38 }],
  ['tcp_omit1.json', { duration: '3s', omit: '1s' }, { retransmits: 6 }],
  [
    'tcp_ipv6.json',
    { duration: '2s' },
    { bandwidth: 5_295_922_047.693_797, sentBandwidth: 5_296_335_335.212_65, transferred: 1_382_809_600, retransmits: 6 },
  ],
  ['udp_b100M.json', { duration: '3s', protocol: 'UDP', bitrate: '100M' }, { bandwidth: 89_892_000, loss: 0.096_153_8, jitter: 0.001_808 }],
  [
    'udp_b100M_P4.json',
    { duration: '2s', protocol: 'UDP', bitrate: '100M', streams: 4 },
    { bandwidth: 392_629_279.497_725_9, sentBandwidth: 399_618_139.225_901_25, loss: 0.016_382_7, jitter: 0.000_022_142_5 },
  ],
];

const bad: [name: string, reason: string, message: string][] = [
  ['err_bad_option.txt', 'OutputUnparsable', 'no JSON result'],
  ['err_killed_SIGINT.json', 'Interrupted', 'the client has terminated'],
  ['err_killed_midrun.json', 'Interrupted', 'the client has terminated'],
  ['err_no_server.json', 'PeerUnreachable', 'unable to connect to server: Connection refused'],
  ['err_no_server_text.txt', 'PeerUnreachable', 'unable to connect to server: Connection refused'],
  ['err_server_busy.json', 'PeerUnreachable', 'the server is busy running a test'],
  ['err_server_killed_midrun.json', 'ToolFailed', 'the server has terminated'],
  ['text_bidir.txt', 'OutputUnparsable', 'run it with --json'],
  ['text_tcp_P1.txt', 'OutputUnparsable', 'run it with --json'],
  ['text_tcp_P4_fk.txt', 'OutputUnparsable', 'run it with --json'],
  ['text_udp.txt', 'OutputUnparsable', 'run it with --json'],
  ['version.txt', 'OutputUnparsable', 'no JSON result'],
];

test('every recording of iperf3 is judged', () => {
  expect([...good, ...bad].map(([name]) => name).toSorted()).toEqual(sampleNames(iperf3Samples));
});

describe('runs that ended well', () => {
  test.each(good)('%s', (name, asked, expected) => {
    const found = values(parseIperf3(sample(iperf3Samples, name), parameters(asked)));
    for (const [metric, value] of Object.entries(expected))
      expect([metric, (found[metric] ?? 0) / (value || 1)]).toEqual([metric, expect.closeTo(1, 3)]);
  });

  test.each(good)('%s without parameters, as assay parse reads it', (name, asked) => {
    const output = sample(iperf3Samples, name);
    expect(parseIperf3(output)).toEqual(parseIperf3(output, parameters(asked)));
  });

  test('CPU time of both ends is counted in cores', () => {
    expect(values(parseIperf3(sample(iperf3Samples, 'tcp_bidir.json')))).toMatchObject({
      clientCPU: expect.closeTo(0.067_183, 5),
      serverCPU: expect.closeTo(0.075_94, 5),
    });
  });

  test('UDP has no retransmits, TCP no loss', () => {
    expect(values(parseIperf3(sample(iperf3Samples, 'udp_b100M.json')))).not.toHaveProperty('retransmits');
    expect(values(parseIperf3(sample(iperf3Samples, 'tcp_P1.json')))).not.toHaveProperty('loss');
  });

  test('the version of the tool is kept', () => {
    expect(parseIperf3(sample(iperf3Samples, 'tcp_P1.json'))).toMatchObject({ toolVersion: 'iperf 3.12' });
  });
});

describe('runs that failed', () => {
  test.each(bad)('%s is %s', (name, reason, message) => {
    expect(parseIperf3(sample(iperf3Samples, name))).toEqual({ ok: false, reason, message: expect.stringContaining(message) });
  });

  test.each<[string, Partial<IperfParameters>, string]>([
    ['other protocol', { protocol: 'UDP', bitrate: '1G' }, 'protocol "TCP" where "UDP"'],
    ['other number of streams', { streams: 4 }, 'streams 1 where 4'],
    ['other duration', { duration: '30s' }, 'duration 3 where 30'],
    ['other omit', { omit: '2s' }, 'omit 0 where 2'],
    ['other direction', { reverse: true }, 'reverse 0 where 1'],
    ['one direction of two', { bidirectional: true }, 'bidirectional false where true'],
    ['other bit rate', { bitrate: '1G' }, 'bitrate 0 where 1000000000'],
    ['other length', { length: '1Ki' }, 'length 131072 where 1024'],
  ])('a run with %s than asked for is refused', (_, asked, message) => {
    const parsed = parseIperf3(sample(iperf3Samples, 'tcp_P1.json'), parameters({ duration: '3s', ...asked }));
    expect(parsed).toEqual({ ok: false, reason: 'OutputUnparsable', message: `iperf3 ran with ${message} was asked for` });
  });

  test('a whole document does not help a tool that ended with an error', () => {
    const output = { ...sample(iperf3Samples, 'tcp_P1.json'), exitCode: 1, stderr: 'iperf3: out of luck' };
    expect(parseIperf3(output)).toEqual({ ok: false, reason: 'ToolFailed', message: 'iperf3 ended with exit code 1: iperf3: out of luck' });
  });

  test('a signal is told, not guessed', () => {
    expect(read(parseIperf3({ ...sample(iperf3Samples, 'tcp_P1.json'), exitCode: null, signal: 'SIGKILL' }))).toBe('ToolCrashed');
  });

  test('nothing at all is no result', () => {
    expect(parseIperf3(toolOutput())).toEqual({ ok: false, reason: 'OutputUnparsable', message: 'iperf3 printed no JSON result' });
  });
});

function changed(name: string, path: string[], key: string, value: unknown) {
  const output = sample(iperf3Samples, name);
  const document: unknown = JSON.parse(output.stdout);
  const place = at(document, ...path);
  if (typeof place !== 'object' || place === null) throw new Error(`no ${path.join('.')}`);
  Reflect.set(place, key, value);
  return parseIperf3({ ...output, stdout: JSON.stringify(document, undefined, 2) });
}

describe('documents changed by hand', () => {
  test.each<[string, string, string[], string, unknown, string]>([
    [
      'a rate that its bytes do not give',
      'tcp_P1.json',
      ['end', 'sum_received'],
      'bits_per_second',
      5e9,
      'end.sum_received contradicts itself',
    ],
    ['a negative rate', 'tcp_P1.json', ['end', 'sum_sent'], 'bits_per_second', -1, 'end.sum_sent contradicts itself'],
    ['a text for a number', 'tcp_P1.json', ['end', 'sum_received'], 'bytes', '426016704', 'lacks end.sum_received'],
    [
      'a receiver that got nothing',
      'udp_b100M.json',
      ['end'],
      'sum_received',
      { bytes: 0, bits_per_second: 0, seconds: 3 },
      'the receiver got nothing',
    ],
    ['a short run', 'tcp_P1.json', ['start', 'test_start'], 'duration', 60, 'where 60 s were asked for; it was cut short'],
    ['a missing stream', 'udp_b100M_P4.json', ['end'], 'streams', [{}], '1 of 4 streams'],
    ['a loss of more than all', 'udp_b100M.json', ['end', 'sum_received'], 'lost_percent', 250, 'a loss between 0 and 100 %'],
    ['an error that is no text', 'tcp_P1.json', [], 'error', { code: 3 }, 'iperf3 says: {"code":3}'],
  ])('%s is refused', (_, name, path, key, value, message) => {
    expect(changed(name, path, key, value)).toEqual({
      ok: false,
      reason: expect.stringMatching(/^(OutputUnparsable|ToolFailed)$/),
      message: expect.stringContaining(message),
    });
  });
});
