import { reasons } from './reason.ts';
import type { ResultRecord } from './record.ts';
import { parseTimestamp } from './timestamp.ts';
import { units } from './unit.ts';

/** Says what is wrong with `value`, as `path: what is allowed`; undefined when nothing is. */
type Check = (value: unknown, path: string) => string | undefined;

const named = /^[A-Za-z][A-Za-z0-9]*$/;

function rule(allowed: string, holds: (value: unknown) => boolean): Check {
  return (value, path) => (holds(value) ? undefined : `${path}: ${allowed} is allowed`);
}

const text = (longest: number) => rule(`text of at most ${longest} characters`, (v) => typeof v === 'string' && v.length <= longest);
const finite = rule('a finite number', (v) => Number.isFinite(v));
const name = rule('a name of letters and digits', (v) => typeof v === 'string' && v.length <= 100 && named.test(v));
const boolean = rule('true or false', (v) => typeof v === 'boolean');
const count = rule('a whole number from 0', (v) => typeof v === 'number' && Number.isSafeInteger(v) && v >= 0);
const timestamp = rule('a timestamp with microseconds', (v) => typeof v === 'string' && parseTimestamp(v) !== undefined);

function oneOf(values: readonly unknown[]): Check {
  return rule(`one of ${values.join(', ')}`, (v) => values.includes(v));
}

function orNull(check: Check): Check {
  return (value, path) => (value === null ? undefined : check(value, path));
}

function list(check: Check, longest: number): Check {
  return (value, path) => {
    if (!Array.isArray(value) || value.length > longest) return `${path}: a list of at most ${longest} is allowed`;
    return first(value.map((element, index) => () => check(element, `${path}[${index}]`)));
  };
}

/** An object with these fields and no others; a field whose name ends in `?` may be absent. */
function shape(fields: Record<string, Check>): Check {
  const checks = new Map(Object.entries(fields).map(([key, check]) => [key.replace('?', ''), { check, optional: key.endsWith('?') }]));
  return (value, path) => {
    if (!isObject(value)) return `${path}: an object is allowed`;
    const present = new Map<string, unknown>(Object.entries(value));
    const extra = [...present.keys()].find((key) => !checks.has(key));
    if (extra !== undefined) return `${path}.${extra.slice(0, 100)}: no such field is allowed`;
    return first(
      [...checks].map(([key, { check, optional }]) => () => {
        if (present.get(key) === undefined && optional) return undefined;
        return check(present.get(key), `${path}.${key}`);
      }),
    );
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function first(checks: (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const fault = check();
    if (fault !== undefined) return fault;
  }
  return undefined;
}

const unit = oneOf(units);

const values = list(finite, 100_000);
const timeSeries = shape({ name, unit, start: finite, interval: finite, values });
const sweepSeries = shape({ name, unit, over: shape({ name, unit, values }), values });

function anySeries(value: unknown, path: string): string | undefined {
  return isObject(value) && Object.hasOwn(value, 'over') ? sweepSeries(value, path) : timeSeries(value, path);
}

const shapeOfRecord = shape({
  version: oneOf([1]),
  workload: text(100),
  role: text(100),
  index: count,
  outcome: oneOf(['Succeeded', 'Failed']),
  'reason?': oneOf(Object.keys(reasons)),
  'message?': text(10_000),
  'window?': shape({ startedAt: timestamp, finishedAt: timestamp }),
  metrics: list(shape({ name, value: finite, unit, better: oneOf(['Higher', 'Lower', 'None']) }), 1000),
  series: list(anySeries, 100),
  warnings: list(text(10_000), 1000),
  tool: shape({ argv: list(text(100_000), 10_000), 'version?': text(1000), exitCode: orNull(count), signal: orNull(text(20)) }),
  'output?': shape({ stdout: text(8_000_000), stderr: text(8_000_000), truncated: boolean }),
});

/**
 * Refuses whatever is no sound result record. Beyond the fields' own ranges: a failure names its reason, a success has
 * none, a window does not end before it starts, and a sweep has one value for each of its steps.
 * @throws RangeError with the path of the first fault and what is allowed there.
 */
export function assertRecord(value: unknown): asserts value is ResultRecord {
  assertShape(value);
  const fault = contradictionIn(value);
  if (fault !== undefined) throw new RangeError(fault);
}

function assertShape(value: unknown): asserts value is ResultRecord {
  const fault = shapeOfRecord(value, 'record');
  if (fault !== undefined) throw new RangeError(fault);
}

function contradictionIn({ outcome, reason, window, series }: ResultRecord): string | undefined {
  if ((outcome === 'Failed') !== (reason !== undefined)) return 'record.reason: one is allowed when, and only when, the outcome is Failed';
  if (window && window.finishedAt < window.startedAt) return 'record.window: an end not before the start is allowed';
  const unpaired = series.findIndex((one) => 'over' in one && one.over.values.length !== one.values.length);
  if (unpaired >= 0) return `record.series[${unpaired}].values: one for each of over.values is allowed`;
  return undefined;
}
