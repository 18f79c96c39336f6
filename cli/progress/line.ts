import type { Benchmark, BenchmarkSet } from '../../operator/api/types.ts';
import { type Followed, finalPhases } from '../followed.ts';
import { printable } from '../output/printable.ts';

/** After this many ms without any status, nobody seems to look at the object. */
const patience = 10_000;

/** One line on where the object stands: `network  4 of 9 done, 1 running, about 12 s left`. */
export function progressLine(object: Followed, now: number, label: string = object.metadata.name): string {
  const parts = unseen(object, now) ?? (object.kind === 'BenchmarkSet' ? setParts(object, now) : benchmarkParts(object));
  return `${label}  ${parts.filter(Boolean).join(', ')}`;
}

function unseen({ metadata, status }: Followed, now: number): string[] | undefined {
  if (status?.phase !== undefined || now - Date.parse(metadata.creationTimestamp ?? '') <= patience) return undefined;
  return metadata.creationTimestamp === undefined ? undefined : ['not seen by any operator yet; is one running?'];
}

function setParts({ status }: BenchmarkSet, now: number): (string | undefined)[] {
  const members = status?.members;
  if (!members) return [status?.phase ?? 'Pending'];
  const done = members.succeeded + members.failed + members.cancelled;
  return [
    `${done} of ${members.total} done`,
    members.running > 0 ? `${members.running} running` : undefined,
    members.failed > 0 ? `${members.failed} failed` : undefined,
    finalPhases.has(status.phase ?? '') ? status.phase : timeLeft(status.estimatedFinish, now),
  ];
}

function benchmarkParts({ status }: Benchmark): (string | undefined)[] {
  const waiting = status?.conditions?.find(({ type, status: value }) => type === 'Reconciling' && value === 'True')?.message;
  return [status?.phase ?? 'Pending', printable(status?.summary ?? waiting ?? '')];
}

function timeLeft(estimatedFinish: string | undefined, now: number): string | undefined {
  if (estimatedFinish === undefined) return undefined;
  return `about ${secondsText(Math.max(0, (Date.parse(estimatedFinish) - now) / 1000))} left`;
}

/** `45 s`, `3 min`, `2 h 5 min`: rounded as people say it. */
export function secondsText(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
