import type { Figures } from './figures.ts';
import { median } from './percentile.ts';
import type { SubjectName } from './subject.ts';

/** What the runs of one scenario gave, the operator's beside the bare loop's. */
export interface Comparison {
  scenario: string;
  /** Operator's members a second over the bare loop's, each round by itself. */
  ratios: readonly number[];
  ratio: number;
  /** The bare loop's CPU time of all processes a member over the operator's: the same ratio on a machine that others use as well. */
  cpuRatio: number;
  bare: readonly Figures[];
  operator: readonly Figures[];
}

/**
 * Who runs when: `bare operator operator bare bare operator` for three rounds. Each follows the other as often as it is followed,
 * so that a machine that grows slower favours neither.
 */
export function orderOf(rounds: number): SubjectName[] {
  return Array.from({ length: rounds }, (_, round): SubjectName[] =>
    round % 2 === 0 ? ['bare', 'operator'] : ['operator', 'bare'],
  ).flat();
}

/** @param runs of one scenario in the order in which they were made */
export function compare(scenario: string, runs: readonly Figures[]): Comparison {
  const bare = runs.filter(({ subject }) => subject === 'bare');
  const operator = runs.filter(({ subject }) => subject === 'operator');
  const ratios = operator.map(({ membersPerSecond }, round) => membersPerSecond / (bare[round]?.membersPerSecond ?? NaN));
  return { scenario, ratios, ratio: median(ratios), cpuRatio: middleCpu(bare) / middleCpu(operator), bare, operator };
}

function middleCpu(runs: readonly Figures[]): number {
  return median(runs.map(({ machineCpu }) => machineCpu));
}
