import type { Instant } from '../kube/clock.ts';
import type { MemberCounts } from './count.ts';
import type { Observed } from './observe.ts';

/**
 * When a set should be through: its members took so long on average, so many are left, so many run at once.
 * @returns RFC 3339; undefined before the first member has ended. Unchanged between two ends, so that time alone writes no status.
 */
export function estimatedFinish({ set, members }: Observed, counts: MemberCounts, now: Instant): string | undefined {
  const times = [...members.values()].flatMap(({ took }) => (took === undefined ? [] : [took]));
  if (times.length === 0) return undefined;
  const { status } = set;
  if (status?.estimatedFinish !== undefined && status.members !== undefined && ended(status.members) === ended(counts)) {
    return status.estimatedFinish;
  }
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  const rounds = (counts.total - ended(counts)) / (set.spec.parallelism ?? 1);
  // Whole seconds: a finer figure would only pretend.
  return new Date(Math.ceil((now + rounds * mean) / 1000) * 1000).toISOString();
}

function ended({ succeeded, failed, cancelled }: MemberCounts): number {
  return succeeded + failed + cancelled;
}
