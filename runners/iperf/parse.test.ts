import { expect, test } from '@jest/globals';
import { read, sample, toolOutput } from '../testing.ts';
import { parseIperf } from './parse.ts';
import { iperf2Samples, iperf3Samples, parameters } from './testing.ts';
import { iperf } from './workload.ts';

test.each([
  ['JSON of iperf3', iperf3Samples, 'tcp_P1.json', 1_112_957_160],
  ['text of iperf 2', iperf2Samples, 'tcp_P1_fk.txt', 8_753_165_000],
])('without parameters, %s is known by itself', (_, folder, name, bandwidth) => {
  expect(read(parseIperf(sample(folder, name)))).toMatchObject({ bandwidth: expect.closeTo(bandwidth, -6) });
});

test.each([
  ['text of iperf3', iperf3Samples, 'text_tcp_P1.txt', 'run it with --json'],
  ['an error of iperf3', iperf3Samples, 'err_no_server_text.txt', 'unable to connect'],
  ['CSV of iperf 2', iperf2Samples, 'tcp_yC.txt', "iperf 2's CSV"],
  ['an error of iperf 2', iperf2Samples, 'err_bad_host.txt', 'Unknown host'],
  ['a log of iperf 2’s server', iperf2Samples, 'udp_b100M_P1.server.txt', 'report of one client'],
  ['sums only', iperf2Samples, 'tcp_sum_only_P4.txt', 'report of one client'],
])('%s is refused in the words of its own tool', (_, folder, name, message) => {
  expect(parseIperf(sample(folder, name))).toMatchObject({ ok: false, message: expect.stringContaining(message) });
});

test('parameters decide which tool it was', () => {
  expect(parseIperf(toolOutput(), parameters({ version: 2 }))).toMatchObject({ message: expect.stringContaining('iperf printed') });
  expect(parseIperf(toolOutput(), parameters({ version: 3 }))).toMatchObject({ message: expect.stringContaining('iperf3 printed') });
});

test.each([
  ['iperf 2 sending TCP', { version: 2 as const }, 1],
  ['iperf 2 receiving', { version: 2 as const, reverse: true }, 0],
  ['iperf 3', {}, 0],
])('%s: cautions', (_, changes, number) => {
  expect(iperf.cautions?.(parameters(changes))).toHaveLength(number);
});

test('the summary shows the bandwidth', () => {
  expect(iperf.headline(parameters())).toBe('bandwidth');
});
