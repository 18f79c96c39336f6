import { printable } from './output/printable.ts';
import { type Followed, isFinished } from './followed.ts';

/** Why an object is no success, on one line: `Benchmark net failed: ToolMissing: iperf3 is not installed`. */
export function failureLine(object: Followed): string {
  const { kind, metadata, status } = object;
  const subject = `${kind} ${metadata.name}`;
  if (!isFinished(object)) return `${subject} ${metadata.deletionTimestamp ? 'was deleted before its end' : 'did not end'}`;
  if (status?.phase === 'Cancelled') return `${subject} was cancelled`;
  const failed = status?.conditions?.find(
    ({ type, status: value }) => (type === 'Failed' && value === 'True') || (type === 'Accepted' && value === 'False'),
  );
  return `${subject} failed${failed ? `: ${failed.reason}: ${printable(failed.message)}` : ''}`;
}
