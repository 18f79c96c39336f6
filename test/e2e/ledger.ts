import type { Benchmark, BenchmarkSetSpec } from '../../operator/api/types.ts';
import { until } from '../integration/until.ts';
import type { Space } from './space.ts';

/** Pods that the operator made more than once. */
export async function madeTwice(space: Space): Promise<string[]> {
  const made = (await space.writes()).filter(({ verb, object, code }) => verb === 'create' && /^pods\/[^/]+$/.test(object) && code === 201);
  const names = made.map(({ object }) => object);
  if (names.length === 0) throw new Error(`the audit log knows of no pod in ${space.name}`);
  return names.filter((name, index) => names.indexOf(name) !== index);
}

/** What is wrong with runs that were to succeed at the first try: phase, attempts, or a time that no clock can have measured. */
export function blemishes(runs: readonly Benchmark[]): string[] {
  return runs.flatMap(({ metadata: { name }, spec, status }) => {
    const { phase, attempts = [], metrics = [] } = status ?? {};
    const asked = Number.parseFloat(spec.sleep?.duration ?? 'NaN');
    const measured = metrics.find((metric) => metric.name === 'measuredTime')?.value ?? Number.NaN;
    return [
      ...(phase === 'Succeeded' ? [] : [`${name} is ${phase}`]),
      ...(attempts.length === 1 ? [] : [`${name} has ${attempts.length} attempts`]),
      ...(spec.sleep === undefined || (measured >= asked && measured < asked + 1) ? [] : [`${name} slept ${measured} s`]),
    ];
  });
}

/** A set of sleeps that leaves the nodes to others. @param parallelism members at once */
export function naps(count: number, duration: string, parallelism = 2): BenchmarkSetSpec {
  const spec = { sleep: { duration }, placement: { exclusive: 'None' as const } };
  return { template: { spec }, repetitions: count, parallelism };
}

/** Waits until some members of a set are over and others not. */
export async function untilMidway(space: Space, set: string): Promise<void> {
  await until(`${set} is midway`, async () => {
    const { succeeded = 0, total = 0 } = (await space.set(set)).status?.members ?? {};
    return succeeded > 0 && succeeded < total ? true : undefined;
  });
}
