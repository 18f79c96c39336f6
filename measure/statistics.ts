import { max, mean, median, min, sampleStandardDeviation } from 'simple-statistics';

/** What is known about a metric from several runs. All but `n` in the metric's own unit. */
export interface Summary {
  n: number;
  median: number;
  mean: number;
  /** Sample standard deviation; absent for one run, which says nothing about spread. */
  stdev?: number;
  min: number;
  max: number;
}

/**
 * Describes a sample. The median is the centre to report: one disturbed run moves the mean, not the median.
 * @param values one finite value a counted run, in the metric's unit
 * @returns median (middle value; mean of the two middle ones when n is even), arithmetic mean, stdev = sqrt(sum((x - mean)^2) / (n - 1))
 * with Bessel's correction for n >= 2, min, max; undefined for an empty sample. Formulas as in NIST/SEMATECH e-Handbook 1.3.5.1 and 1.3.5.6.
 * @throws RangeError when a value is not finite: such a value must never have been counted
 */
export function summarize(values: readonly number[]): Summary | undefined {
  const bad = values.find((value) => !Number.isFinite(value));
  if (bad !== undefined) throw new RangeError(`${bad} is no measured value; only finite numbers can be summarized`);
  if (values.length === 0) return undefined;
  const sample = [...values];
  return {
    n: sample.length,
    median: median(sample),
    mean: mean(sample),
    ...(sample.length > 1 && { stdev: sampleStandardDeviation(sample) }),
    min: min(sample),
    max: max(sample),
  };
}
