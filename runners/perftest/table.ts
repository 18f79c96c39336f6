import type { Sweep } from '../../measure/metric.ts';
import type { Unit } from '../../measure/unit.ts';
import type { Report } from './report.ts';

/** One column of a table whose rows are message sizes. */
export function bySize(sizes: number[], name: string, unit: Unit, values: number[]): Sweep {
  return { name, unit, over: { name: 'messageSize', unit: 'B', values: sizes }, values };
}

/** Said where perftest itself doubts its clock. */
export function frequencyWarnings({ warned }: Report): string[] {
  return warned ? ["the CPU was not at its highest frequency, by which perftest's times may be wrong"] : [];
}
