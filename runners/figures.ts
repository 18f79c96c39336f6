import type { Metric, MetricDefinition } from '../measure/metric.ts';

/**
 * Measured values as metrics, in the order of their definitions.
 * @param values by metric name, in the definition's unit; what is undefined was not measured and is left out, as is what is not finite
 */
export function figures(definitions: readonly MetricDefinition[], values: Readonly<Record<string, number | undefined>>): Metric[] {
  return definitions.flatMap(({ name, unit, better }) => {
    const value = values[name];
    return value === undefined || !Number.isFinite(value) ? [] : [{ name, value, unit, better }];
  });
}
