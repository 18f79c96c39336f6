import type { Unit } from './unit.ts';

/** Which direction is an improvement; None for figures that only describe (bytes moved, CPU used). */
export type Better = 'Higher' | 'Lower' | 'None';

/** One figure of one run. `value` is finite and in the SI base unit. */
export interface Metric {
  name: string;
  value: number;
  unit: Unit;
  better: Better;
}

/** What a workload promises to report under a name. `name` is lowerCamelCase. */
export interface MetricDefinition {
  name: string;
  unit: Unit;
  better: Better;
  description: string;
}

/** Evenly spaced values over the run; `start` and `interval` in seconds since the tool's own zero. */
export interface TimeSeries {
  name: string;
  unit: Unit;
  start: number;
  interval: number;
  values: number[];
}

/** Values over something that the tool stepped through within the run, such as the message size: one value for each of `over.values`. */
export interface Sweep {
  name: string;
  unit: Unit;
  over: { name: string; unit: Unit; values: number[] };
  values: number[];
}

export type Series = TimeSeries | Sweep;
