import { describe, expect, test } from '@jest/globals';
import { latencyParameters as parameters, latencySamples } from '../perftest/testing.ts';
import { read, sample, sampleNames, toolOutput, values } from '../testing.ts';
import { parseLatency } from './parse.ts';
import { rdmaLatency } from './workload.ts';

const settings = ' Number of qps   : 1\t\tTransport type : IB\n Connection type : RC\t\tUsing SRQ      : OFF\n rdma_cm QPs\t : ON';
const counted =
  ' #bytes #iterations    t_min[usec]    t_max[usec]  t_typical[usec]    t_avg[usec]    t_stdev[usec]   99% percentile[usec]   99.9% percentile[usec] ';
const timed = ' #bytes        #iterations       t_avg[usec]    tps average';

const table = (header: string, ...rows: string[]) =>
  toolOutput({ stdout: ['     RDMA_Read Latency Test', settings, header, ...rows, '-'.repeat(40), ''].join('\n') });

describe('KP-5 a real table', () => {
  test('gives the row with the smallest average, in seconds', () => {
    const found = values(parseLatency(sample(latencySamples, 'read_a.txt')));
    expect(found).toEqual({
      latencyMin: 1.71e-6,
      latencyMax: 6.58e-6,
      latencyP50: 1.74e-6,
      latencyMean: 1.75e-6,
      latencyDeviation: 0.05e-6,
      latencyP99: 1.9e-6,
      latencyP999: 6.58e-6,
    });
  });

  test('gives its 9 columns as series over the message size', () => {
    const parsed = parseLatency(sample(latencySamples, 'write_a_n20000.txt'));
    const series = parsed.ok ? (parsed.series ?? []) : [];
    expect(series.map(({ name }) => name)).toEqual([
      'latencyMin',
      'latencyMax',
      'latencyP50',
      'latencyMean',
      'latencyDeviation',
      'latencyP99',
      'latencyP999',
      'iterations',
    ]);
    expect(series[0]).toMatchObject({
      over: { name: 'messageSize', values: [2, 4, 8, 16, 64, 256, 1024, 4096, 65_536, 1_048_576, 8_388_608] },
    });
    const last = [2296.01, 2345.48, 2302.01, 2304.98, 6.43, 2327.01, 2335.48].map((time) => Number(`${time}e-6`));
    expect(series.map((one) => one.values.at(-1))).toEqual([...last, 20_000]);
  });

  test('of one size is the one that was asked for', () => {
    const asked = parameters({ mode: 'write', messageSize: 2, rdmaCM: false, iterations: 1000 });
    expect(values(parseLatency(sample(latencySamples, 'write_n1000.txt'), asked))).toMatchObject({
      latencyMean: 1.47e-6,
    });
  });
});

describe('a run by time', () => {
  const output = table(timed, ' 64      2840909   \t 1.76   \t  568181.82');

  test('gives the average and the rate', () => {
    expect(read(parseLatency(output, parameters({ messageSize: 64, duration: '5s' })))).toEqual({
      latencyMean: 1.76e-6,
      transactionRate: 568_181.82,
    });
  });

  test('gives its columns as series', () => {
    const parsed = parseLatency(output);
    expect(parsed.ok && parsed.series?.map(({ name }) => name)).toEqual(['latencyMean', 'transactionRate', 'iterations']);
  });

  test.each([
    ['where iterations were asked for', output, parameters({ messageSize: 64, iterations: 2_840_909 }), 'by time'],
    [
      'that is one by iterations',
      table(counted, ' 64 9 1 2 1.5 1.5 0 2 2'),
      parameters({ messageSize: 64, duration: '5s' }),
      'by iterations',
    ],
    ['of one that ended early', { ...output, elapsed: 3 }, parameters({ messageSize: 64, duration: '5s' }), 'ran for 3.0 s'],
  ])('%s is refused', (_, left, asked, message) => {
    expect(parseLatency(left, asked)).toMatchObject({ reason: 'OutputUnparsable', message: expect.stringContaining(message) });
  });
});

describe('times out of their order are refused', () => {
  test.each([
    ['good', ' 2 1000 1.70 7.97 1.74 1.76 0.05 1.91 7.97', true],
    ['an average below the shortest', ' 2 1000 1.70 7.97 1.74 1.06 0.05 1.91 7.97', false],
    ['an average above the longest', ' 2 1000 1.70 7.97 1.74 9.76 0.05 1.91 7.97', false],
    ['a median below the shortest', ' 2 1000 1.70 7.97 1.04 1.76 0.05 1.91 7.97', false],
    ['a 99 % point below the median', ' 2 1000 1.70 7.97 1.74 1.76 0.05 1.71 7.97', false],
    ['a 99.9 % point below the 99 % point', ' 2 1000 1.70 7.97 1.74 1.76 0.05 1.91 1.90', false],
    ['a longest below the 99.9 % point', ' 2 1000 1.70 4.97 1.74 1.76 0.05 1.91 7.97', false],
    ['no time at all', ' 2 1000 0.00 0.00 0.00 0.00 0.00 0.00 0.00', false],
  ])('%s', (_, row, ok) => {
    expect(parseLatency(table(counted, row)).ok).toBe(ok);
  });
});

test.each([
  ['err_old_3col.txt', 'OutputUnparsable', 'columns that are not known here'],
  ['err_no_device_read.txt', 'NoRDMADevice', 'Did not detect devices'],
  ['err_no_device_send.txt', 'NoRDMADevice', 'Unable to find the Infiniband/RoCE device'],
  ['err_qp_of_latency.txt', 'OutputUnparsable', 'printed no table'],
])('%s is refused with %s', (name, reason, message) => {
  expect(parseLatency(sample(latencySamples, name))).toMatchObject({ ok: false, reason, message: expect.stringContaining(message) });
});

test.each(sampleNames(latencySamples).filter((name) => name.startsWith('err_')))('%s gives no number', (name) => {
  expect(parseLatency(sample(latencySamples, name)).ok).toBe(false);
});

test('a failed tool gives no number, whatever it printed', () => {
  expect(read(parseLatency({ ...sample(latencySamples, 'read_a.txt'), exitCode: 1 }))).toBe('ToolFailed');
});

test('cycles are no microseconds', () => {
  const output = table(counted.replaceAll('usec', 'cycles'), ' 2 1000 1.70 7.97 1.74 1.76 0.05 1.91 7.97');
  expect(read(parseLatency(output))).toBe('OutputUnparsable');
});

test('a table of bandwidth is refused', () => {
  const stdout = table(timed, ' 64 9 1.76 5').stdout.replace('Latency Test', 'BW Test');
  expect(parseLatency(toolOutput({ stdout }))).toMatchObject({ message: expect.stringContaining('RDMA_Read BW Test') });
});

test('KP-5 the headline is the smallest average', () => {
  expect(rdmaLatency.headline(parameters())).toBe('latencyMean');
});
