import { describe, expect, test } from '@jest/globals';
import { bandwidthParameters as parameters, bandwidthSamples } from '../perftest/testing.ts';
import { read, sample, sampleNames, toolOutput, values } from '../testing.ts';
import { parseBandwidth } from './parse.ts';
import { rdmaBandwidth } from './workload.ts';

const whole = sample(bandwidthSamples, 'write_a_gbits.txt');
// The recording is of a run without the connection manager and with the tool's own number of iterations.
const asked = parameters({ mode: 'write', rdmaCM: false, iterations: 5000 });

const line = '-'.repeat(40);
const header = ' #bytes     #iterations    BW peak[Gb/sec]    BW average[Gb/sec]   MsgRate[Mpps]';
const settings = ' Number of qps   : 1\t\tTransport type : IB\n Connection type : RC\t\tUsing SRQ      : OFF\n rdma_cm QPs\t : ON';
const table = (...rows: string[]) => toolOutput({ stdout: ['   RDMA_Read BW Test', settings, header, ...rows, line, ''].join('\n') });

describe('KP-4 a real table', () => {
  test('gives the highest peak, the highest average and the highest rate', () => {
    expect(values(parseBandwidth(whole, asked))).toEqual({
      peakBandwidth: 196_640_000_000,
      bandwidth: 196_640_000_000,
      messageRate: 2_852_624,
    });
  });

  test('gives its 5 columns as series over the message size', () => {
    const parsed = parseBandwidth(whole, asked);
    const series = parsed.ok ? (parsed.series ?? []) : [];
    expect(series.map(({ name, unit }) => [name, unit])).toEqual([
      ['peakBandwidth', 'bit/s'],
      ['bandwidth', 'bit/s'],
      ['messageRate', '1/s'],
      ['iterations', 'count'],
    ]);
    expect(series[1]).toMatchObject({
      over: { name: 'messageSize', unit: 'B', values: Array.from({ length: 23 }, (_, i) => 2 ** (i + 1)) },
    });
    expect(series.map((one) => one.values[0])).toEqual([45_656_000, 45_526_000, 2_845_402, 5000]);
    expect(series.map((one) => one.values.at(-1))).toEqual([196_560_000_000, 196_550_000_000, 2929, 5000]);
  });

  test('is accepted without knowing what was asked for', () => {
    expect(parseBandwidth(whole)).toEqual(parseBandwidth(whole, asked));
  });
});

test('a peak of 0 was not measured, and is no metric', () => {
  const parsed = parseBandwidth(table(' 65536 30000 0.00 98.03 0.186977'));
  expect(read(parsed)).toEqual({ bandwidth: 98_030_000_000, messageRate: 186_977 });
  expect(parsed.ok && parsed.series?.map(({ name }) => name)).toEqual(['bandwidth', 'messageRate', 'iterations']);
});

test('a doubt of perftest about its clock is a warning', () => {
  const parsed = parseBandwidth(
    table('Conflicting CPU frequency values detected: 1 != 2. CPU Frequency is not max.', ' 65536 9 1.00 1.00 0.001907'),
  );
  expect(parsed).toMatchObject({ ok: true, warnings: [expect.stringContaining('highest frequency')] });
});

test.each([
  ['in bits and in messages', ' 65536 1000 98.10 88.03 0.186977'],
  ['by a digit', ' 65536 1000 98.10 98.03 0.286977'],
  ['small ones', ' 8 1000 0.18 0.19 2.849480'],
  ['of nothing', ' 8 1000 0.00 0.00 0.000000'],
])('an average that does not agree with its rate is refused: %s', (_, row) => {
  expect(parseBandwidth(table(row))).toMatchObject({ reason: 'OutputUnparsable', message: expect.stringContaining('does not agree') });
});

test.each([
  ['err_server_gbits.txt', 'OutputUnparsable', 'what a server prints'],
  ['err_mib_n50000_peak0.txt', 'OutputUnparsable', 'run it with --report_gbits'],
  ['err_no_device_read.txt', 'NoRDMADevice', 'Did not detect devices'],
  ['err_no_device_server.txt', 'NoRDMADevice', 'Did not detect devices'],
  ['err_named_device.txt', 'NoRDMADevice', 'Unable to find the Infiniband/RoCE device'],
  ['err_not_installed.txt', 'ToolMissing', 'apt-get install perftest'],
  ['err_bad_option.txt', 'OutputUnparsable', 'printed no table'],
])('%s is refused with %s', (name, reason, message) => {
  expect(parseBandwidth(sample(bandwidthSamples, name))).toMatchObject({ ok: false, reason, message: expect.stringContaining(message) });
});

test.each(sampleNames(bandwidthSamples).filter((name) => name.startsWith('err_')))('%s gives no number', (name) => {
  expect(parseBandwidth(sample(bandwidthSamples, name)).ok).toBe(false);
});

test.each([
  ['err_no_device_read.txt', 7, 'NoRDMADevice'],
  ['err_no_device_write.txt', 1, 'NoRDMADevice'],
  ['err_bad_option.txt', 1, 'ToolFailed'],
  ['err_all_with_duration.txt', 1, 'ToolFailed'],
  ['write_a_gbits.txt', 1, 'ToolFailed'],
])('%s with exit code %d is %s', (name, exitCode, reason) => {
  expect(read(parseBandwidth({ ...sample(bandwidthSamples, name), exitCode }, parameters()))).toBe(reason);
});

test('a table of latency is refused', () => {
  const stdout = table(' 65536 1000 98.10 98.03 0.186977').stdout.replace('BW Test', 'Latency Test');
  expect(parseBandwidth(toolOutput({ stdout }))).toMatchObject({ message: expect.stringContaining('RDMA_Read Latency Test') });
});

test('another run than was asked for is refused', () => {
  expect(read(parseBandwidth(whole, { ...asked, rdmaCM: true }))).toBe('OutputUnparsable');
});

describe('KP-4 the headline', () => {
  test.each([
    ['all sizes', {}, 'peakBandwidth'],
    ['as many iterations as have a peak', { iterations: 20_000 }, 'peakBandwidth'],
    ['more', { iterations: 20_001 }, 'bandwidth'],
    ['by time', { duration: '5s', messageSize: 64 }, 'bandwidth'],
  ])('%s: %j', (_, changes, expected) => {
    expect(rdmaBandwidth.headline(parameters(changes))).toBe(expected);
  });
});
