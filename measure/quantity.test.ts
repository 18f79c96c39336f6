import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { formatQuantity, parseBitrate, parseDuration, parseSize } from './quantity.ts';
import { units } from './unit.ts';
import type { Unit } from './unit.ts';

describe('parseDuration', () => {
  test.each([
    ['10s', 10],
    ['0s', 0],
    ['1m30s', 90],
    ['500ms', 0.5],
    ['1.5h', 5400],
    ['250us', 0.000_25],
    ['1h1m1s1ms', 3661.001],
    ['2m', 120],
  ])('%s is %d s', (text, seconds) => {
    expect(parseDuration(text)).toBeCloseTo(seconds, 9);
  });

  test.each(['', '10', '10 s', 's', '-1s', '+1s', '1d', '1e3s', '1s ', ' 1s', '1s\n', '.5s', '1.s', '10S', '1m30', 'ms', '1,5s'])(
    '%j is refused with what is allowed',
    (text) => {
      expect(() => parseDuration(text)).toThrow(`${JSON.stringify(text)} is not a duration; write a number and h, m, s, ms or us`);
    },
  );
});

describe('parseSize', () => {
  test.each<[string | number, number]>([
    ['0', 0],
    ['1500', 1500],
    [1500, 1500],
    ['4Ki', 4096],
    ['16Mi', 16_777_216],
    ['1Gi', 1_073_741_824],
    ['2Ti', 2_199_023_255_552],
  ])('%s is %d B', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  test.each([
    ['4k', '4Ki'],
    ['4K', '4Ki'],
    ['128kB', '128Ki'],
    ['1G', '1Gi'],
    ['10 MB', '10Mi'],
    ['64m', '64Mi'],
  ])('%s would mean two things, so %s is proposed', (text, proposal) => {
    expect(() => parseSize(text)).toThrow(`such as ${proposal}`);
  });

  test.each(['', 'Ki', '-1', '1.5Gi', '1e3', '4Kib', '4KiB', '99999999999Ti', '12345678901234567890'])('%j is refused', (text) => {
    expect(() => parseSize(text)).toThrow('is not a size; write whole bytes or a number with Ki, Mi, Gi or Ti');
  });
});

describe('parseBitrate', () => {
  test.each([
    ['9600', 9600],
    ['100M', 100_000_000],
    ['1G', 1_000_000_000],
    ['2.5G', 2_500_000_000],
    ['10k', 10_000],
    ['1T', 1e12],
  ])('%s is %d bit/s', (text, rate) => {
    expect(parseBitrate(text)).toBe(rate);
  });

  test.each(['', 'M', '10m', '10K', '1Gi', '1 G', '-1M', '1Gbit', '1e9', '100M/2'])('%j is refused', (text) => {
    expect(() => parseBitrate(text)).toThrow(`${JSON.stringify(text)} is not a bit rate`);
  });
});

describe('formatQuantity', () => {
  test.each<[number, Unit, string]>([
    [23_410_000_000, 'bit/s', '23.4 Gbit/s'],
    [1_999_999_000, 'bit/s', '2.00 Gbit/s'],
    [0, 'bit/s', '0 bit/s'],
    [0.5, 'bit/s', '0.500 bit/s'],
    [1_000_001, 'bit/s', '1.00 Mbit/s'],
    [10_996_000, 'bit/s', '11.0 Mbit/s'],
    [999, 'bit/s', '999 bit/s'],
    [999.9, 'bit/s', '1.00 kbit/s'],
    [999_499, 'bit/s', '999 kbit/s'],
    [999_999, 'bit/s', '1.00 Mbit/s'],
    [655_360_000, 'B/s', '655 MB/s'],
    [1_048_576, 'B', '1.05 MB'],
    [1024, 'B', '1.02 kB'],
    [512, 'B', '512 B'],
    [2e18, 'B', '2000 PB'],
    [12_345, '1/s', '12.3 k/s'],
    [850, '1/s', '850 /s'],
    [850.25, '1/s', '850 /s'],
    [0.001_234, 's', '1.23 ms'],
    [0.000_001_5, 's', '1.50 µs'],
    [0.000_000_25, 's', '250 ns'],
    [0, 's', '0 s'],
    [1, 's', '1 s'],
    [1.002_34, 's', '1.00 s'],
    [0.999_999, 's', '1.00 s'],
    [3601.2, 's', '3601 s'],
    [0.0012, 'ratio', '0.12 %'],
    [0.096, 'ratio', '9.6 %'],
    [1, 'ratio', '100 %'],
    [15.984, 'ratio', '1598 %'],
    [0, 'ratio', '0 %'],
    [42, 'count', '42'],
    [0, 'count', '0'],
    [12_345, 'count', '12.3 k'],
    [-1_500_000, 'B/s', '-1.50 MB/s'],
  ])('%d %s reads %s', (value, unit, text) => {
    expect(formatQuantity(value, unit)).toBe(text);
  });

  const prefixes: Readonly<Record<string, number>> = { P: 1e15, T: 1e12, G: 1e9, M: 1e6, k: 1e3, m: 1e-3, µ: 1e-6, n: 1e-9 };

  test.each<[string, number, Unit, string]>([
    ['a fraction that rounds up', 1_999_999e3, 'bit/s', '2.00 Gbit/s'],
    ['one that rounds into another digit', 10_996_000e3, 'bit/s', '11.0 Gbit/s'],
    ['a value just above a power', 1_000_001e3, 'bit/s', '1.00 Gbit/s'],
    ['a value just below one', 999_999e3, 'bit/s', '1.00 Gbit/s'],
    ['nothing', 0, 'bit/s', '0 bit/s'],
    ['less than one', 0.5, 'bit/s', '0.500 bit/s'],
    ['a KiB/s of fio', 1024, 'B/s', '1.02 kB/s'],
    ['a MiB/s', 2 ** 20, 'B/s', '1.05 MB/s'],
    ['a GiB of memory', 2 ** 30, 'B', '1.07 GB'],
  ])('KP-9 %s: %d %s is %s', (_, value, unit, text) => {
    expect(formatQuantity(value, unit)).toBe(text);
  });

  test('what is read back is the value to within half of its third digit', () => {
    const value = fc.double({ min: 1e-8, max: 1e17, noNaN: true });
    fc.assert(
      fc.property(value, fc.constantFrom(...units), (original, unit) => {
        const [, number, prefix] = /^([\d.e+-]+) ?(%|[PTGkMmµn]?)/.exec(formatQuantity(original, unit)) ?? [];
        const read = Number(number) * (prefix === '%' ? 0.01 : (prefixes[prefix ?? ''] ?? 1));
        expect(Math.abs(read - original) / original).toBeLessThan(0.005_001);
      }),
    );
  });
});
