import { describe, expect, test } from '@jest/globals';
import { directionFigures } from './direction.ts';

const percentile = { '50.000000': 100_000, '90.000000': 200_000, '95.000000': 300_000, '99.000000': 400_000, '99.900000': 500_000 };

/** One worker's reads: 1000 requests of 4096 bytes in a second. */
function part(changes: Record<string, unknown> = {}) {
  return {
    read: {
      io_bytes: 4_096_000,
      total_ios: 1000,
      runtime: 1000,
      bw_bytes: 4_096_000,
      iops: 1000,
      clat_ns: { mean: 120_000, stddev: 30_000, max: 900_000, percentile, bins: { '100000': 900, '500000': 100 } },
      lat_ns: { mean: 125_000, max: 905_000 },
      ...changes,
    },
  };
}

/** What fio prints for all clients together: sums, the longest time, no percentiles. */
function whole(workers: number, changes: Record<string, unknown> = {}) {
  return part({
    io_bytes: 4_096_000 * workers,
    total_ios: 1000 * workers,
    bw_bytes: 4_096_000 * workers,
    iops: 1000 * workers,
    clat_ns: { mean: 120_000, max: 900_000 },
    ...changes,
  });
}

const one = part();
const idle = part({ io_bytes: 0, total_ios: 0, runtime: 0, bw_bytes: 0, iops: 0, clat_ns: { mean: 0, max: 0 } });

describe('one worker', () => {
  test('has fio’s own figures, in seconds and bytes', () => {
    expect(directionFigures({ whole: one, parts: [one] }, 'read')).toEqual({
      values: {
        readBandwidth: 4_096_000,
        readIOPS: 1000,
        readLatencyMean: 0.000_12,
        readLatencyStdev: 0.000_03,
        readLatencyP50: 0.000_1,
        readLatencyP90: 0.000_2,
        readLatencyP95: 0.000_3,
        readLatencyP99: 0.000_4,
        readLatencyP999: 0.000_5,
        readLatencyMax: 0.000_9,
      },
    });
  });

  test('whose job asked for percentiles of the whole latency has those, with their mean and maximum', () => {
    const other = part({ clat_ns: { mean: 120_000, max: 900_000 }, lat_ns: { mean: 125_000, max: 905_000, percentile } });
    expect(directionFigures({ whole: other, parts: [other] }, 'read')).toMatchObject({
      values: { readLatencyMean: 0.000_125, readLatencyP99: 0.000_4, readLatencyMax: 0.000_905 },
    });
  });

  test('without percentiles has the others, and a warning', () => {
    const other = part({ clat_ns: { mean: 120_000, max: 900_000 } });
    const found = directionFigures({ whole: other, parts: [other] }, 'read');
    expect(found).toMatchObject({ warning: expect.stringContaining('no percentiles of reads'), values: { readLatencyMean: 0.000_12 } });
    expect(found).not.toHaveProperty('values.readLatencyP99');
  });
});

describe('several workers', () => {
  test('have the percentiles of all their latencies', () => {
    const slow = part({ clat_ns: { mean: 120_000, max: 900_000, bins: { '700000': 1000 } } });
    expect(directionFigures({ whole: whole(2), parts: [one, slow] }, 'read')).toMatchObject({
      values: { readBandwidth: 8_192_000, readIOPS: 2000, readLatencyP50: 0.000_5, readLatencyP90: 0.000_7 },
    });
  });

  test('of which one took longer are rated by its time, as fio does', () => {
    const late = part({ runtime: 1250, bw_bytes: 3_276_800, iops: 800 });
    const all = whole(2, { runtime: 1250, bw_bytes: 6_553_600, iops: 1600 });
    expect(directionFigures({ whole: all, parts: [one, late] }, 'read')).toMatchObject({
      values: { readBandwidth: 6_553_600, readIOPS: 1600 },
    });
  });

  test('of which one had nothing to do', () => {
    expect(directionFigures({ whole: whole(1), parts: [one, idle] }, 'read')).toMatchObject({
      values: { readIOPS: 1000, readLatencyP50: 0.000_1 },
    });
  });

  test('of which one lacks its histogram have no percentiles', () => {
    const other = part({ clat_ns: { mean: 1, max: 2, percentile } });
    const found = directionFigures({ whole: whole(2), parts: [one, other] }, 'read');
    expect(found).toHaveProperty('warning');
    expect(found).not.toHaveProperty('values.readLatencyP50');
  });
});

describe('refused', () => {
  test.each<[string, unknown, unknown[], string]>([
    ['a bandwidth that its bytes do not give', part({ bw_bytes: 9_000_000 }), [part({ bw_bytes: 9_000_000 })], 'contradicts itself'],
    ['IOPS that its requests do not give', part({ iops: 10 }), [part({ iops: 10 })], 'contradicts itself'],
    ['a sum that the workers do not give', whole(3), [one, one], 'is not the sum of the 2 workers'],
    ['requests that the workers did not make', whole(2, { total_ios: 2010, iops: 2010 }), [one, one], 'is not the sum of the 2 workers'],
    [
      'a time that no worker took',
      whole(2, { runtime: 500, bw_bytes: 16_384_000, iops: 4000 }),
      [one, one],
      'is not the sum of the 2 workers',
    ],
    ['a sum that contradicts itself', whole(2, { bw_bytes: 4_096_000 }), [one, one], 'contradicts itself'],
    ['no figures of the whole', { read: {} }, [one], 'is not the sum of the 1 workers'],
    ['no bandwidth', part({ bw_bytes: undefined }), [part({ bw_bytes: undefined })], 'contradicts itself'],
    ['no latency', part({ clat_ns: {} }), [part({ clat_ns: {} })], 'lacks a mean and a maximum of clat_ns'],
    ['a mean above the maximum', part({ clat_ns: { mean: 5, max: 4 } }), [one], 'lacks a mean and a maximum of clat_ns'],
    [
      'percentiles that do not ascend',
      one,
      [part({ clat_ns: { mean: 1, max: 2, percentile: { ...percentile, '99.000000': 5 } } })],
      'percentiles do not ascend',
    ],
  ])('%s', (_, entire, parts, message) => {
    expect(directionFigures({ whole: entire, parts }, 'read')).toEqual({
      ok: false,
      reason: 'OutputUnparsable',
      message: expect.stringContaining(message),
    });
  });
});

test('a rate that fio rounds to 0 is no contradiction', () => {
  const slow = part({ runtime: 600_000, io_bytes: 512, total_ios: 1, bw_bytes: 0, iops: 0.001_667 });
  expect(directionFigures({ whole: slow, parts: [slow] }, 'read')).toMatchObject({ values: { readBandwidth: 0, readIOPS: 0.001_667 } });
});
