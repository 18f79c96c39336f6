import type { BenchmarkSet, BenchmarkSetStatus } from '../api/types.ts';
import type { Recorder } from '../kube/recorder.ts';

/** Writes an Event for what a person would want to have seen: refused, suspended, complete, failed. */
export function announce(recorder: Pick<Recorder, 'record'>, set: BenchmarkSet, next: BenchmarkSetStatus): void {
  for (const { type, status, reason, message } of next.conditions ?? []) {
    const before = set.status?.conditions?.find((condition) => condition.type === type);
    if (before?.status === status || status !== 'True') continue;
    if (type === 'Failed') recorder.record(set, 'Warning', reason, message);
    else if (type === 'Complete' || type === 'Suspended' || type === 'Accepted') recorder.record(set, 'Normal', reason, message);
  }
}
