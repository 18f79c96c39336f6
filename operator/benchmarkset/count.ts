import type { BenchmarkSetStatus } from '../api/types.ts';
import { isOver } from './member.ts';
import type { MemberState } from './member.ts';
import type { Observed } from './observe.ts';

export type MemberCounts = NonNullable<BenchmarkSetStatus['members']>;

/** Members by state; the states add up to the total. Counted anew from what is there, so that no missed event can falsify them. */
export function countMembers({ plan, members, missing }: Pick<Observed, 'plan' | 'members' | 'missing'>): MemberCounts {
  const states = [...members.values()].map(({ state }) => state);
  const number = (wanted: MemberState) => states.filter((state) => state === wanted).length;
  return {
    total: plan.runs.length,
    pending: missing.length + number('Pending'),
    running: number('Running'),
    succeeded: number('Succeeded'),
    failed: number('Failed'),
    cancelled: number('Cancelled'),
  };
}

/** Cells of which every counted run has ended, at least one of them well. */
export function countCells({ plan, members }: Pick<Observed, 'plan' | 'members'>): { total: number; decided: number } {
  const open = new Set<number>();
  const measured = new Set<number>();
  for (const { name, cell, warmup } of plan.runs) {
    if (warmup) continue;
    const state = members.get(name)?.state;
    if (state === undefined || !isOver(state)) open.add(cell);
    if (state === 'Succeeded') measured.add(cell);
  }
  return { total: plan.cells.length, decided: [...measured].filter((cell) => !open.has(cell)).length };
}
