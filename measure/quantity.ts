import type { Unit } from './unit.ts';

const seconds: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6 };
const binary: Readonly<Record<string, number>> = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 };
const decimal: Readonly<Record<string, number>> = { k: 1e3, M: 1e6, G: 1e9, T: 1e12 };

const durationParts = /(\d+(?:\.\d+)?)(h|ms|us|m|s)/g;

/**
 * Go's notation of a time span.
 * @param text one or more numbers with units h, m, s, ms, us: `10s`, `1m30s`, `500ms`, `1.5h`
 * @returns seconds
 * @throws RangeError that says what is allowed
 */
export function parseDuration(text: string): number {
  const parts = [...text.matchAll(durationParts)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) {
    throw new RangeError(`${JSON.stringify(text)} is not a duration; write a number and h, m, s, ms or us, such as 10s, 1m30s or 500ms`);
  }
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * (seconds[unit ?? ''] ?? Number.NaN), 0);
}

/**
 * A size in bytes. SI suffixes are refused: `4k` is 4000 to Kubernetes and 4096 to fio and iperf, and a benchmark must not depend on who reads it.
 * @param size whole bytes, or a number with Ki, Mi, Gi or Ti: `4Ki`, `1Gi`, `1500`
 * @returns B
 * @throws RangeError that says what is allowed
 */
export function parseSize(size: string | number): number {
  const text = String(size);
  const [, number, unit] = /^(\d+)(Ki|Mi|Gi|Ti)?$/.exec(text) ?? [];
  const value = Number(number) * (unit === undefined ? 1 : (binary[unit] ?? Number.NaN));
  if (Number.isSafeInteger(value)) return value;
  const [, lead, suffix] = /^(\d+)\s*([kKmMgGtT])[bB]?$/.exec(text) ?? [];
  const hint = suffix === undefined ? 'such as 4Ki, 1Gi or 1500' : `such as ${lead}${suffix === 'k' ? 'K' : suffix.toUpperCase()}i`;
  throw new RangeError(`${JSON.stringify(text)} is not a size; write whole bytes or a number with Ki, Mi, Gi or Ti, ${hint}`);
}

/**
 * A rate in bits per second with SI prefixes, as network tools and link speeds have them.
 * @param rate a number, with k, M, G or T: `100M`, `2.5G`, `9600`
 * @returns bit/s
 * @throws RangeError that says what is allowed
 */
export function parseBitrate(rate: string | number): number {
  const text = String(rate);
  const [, number, unit] = /^(\d+(?:\.\d+)?)([kMGT])?$/.exec(text) ?? [];
  if (number === undefined) {
    throw new RangeError(
      `${JSON.stringify(text)} is not a bit rate; write bits per second, or a number with k, M, G or T, such as 100M or 2.5G`,
    );
  }
  return Math.round(Number(number) * (unit === undefined ? 1 : (decimal[unit] ?? Number.NaN)));
}

type Scale = readonly [factor: number, prefix: string];
const whole: Scale = [1, ''];
const upwards: readonly Scale[] = [[1e15, 'P'], [1e12, 'T'], [1e9, 'G'], [1e6, 'M'], [1e3, 'k'], whole];
const downwards: readonly Scale[] = [whole, [1e-3, 'm'], [1e-6, 'µ'], [1e-9, 'n']];

const suffixes = { 'bit/s': 'bit/s', 'B/s': 'B/s', B: 'B', '1/s': '/s', count: '' } as const;

/**
 * A value as a person reads it: three significant digits and an SI prefix (powers of 1000, for bytes too).
 * `23.4 Gbit/s`, `655 MB/s`, `12.3 k/s`, `1.23 ms`, `0.12 %`, `42`. Whole numbers without a prefix are shown as they are.
 * @param value in the SI base unit
 */
export function formatQuantity(value: number, unit: Unit): string {
  if (unit === 'ratio') return `${Number(significant(value * 100))} %`;
  if (unit === 's') return scaled(value, downwards, 's');
  return scaled(value, upwards, suffixes[unit]).trimEnd();
}

/** The largest prefix that leaves at least 1, judged after rounding: 999,999 bit/s is 1.00 Mbit/s, never 1000 kbit/s. */
function scaled(value: number, scales: readonly Scale[], unit: string): string {
  const fits = ([factor]: Scale) => Math.abs(Number((value / factor).toPrecision(3))) >= 1;
  const [factor, prefix] = value === 0 ? whole : (scales.find(fits) ?? scales.at(-1) ?? whole);
  const exact = factor === 1 && Number.isInteger(value);
  return `${exact ? value : significant(value / factor)} ${prefix}${unit}`;
}

function significant(value: number): string {
  return Math.abs(value) >= 999.5 ? String(Math.round(value)) : value.toPrecision(3);
}
