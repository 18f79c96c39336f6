import type { Benchmark, BenchmarkSet } from '../operator/api/types.ts';

export type Followed = Benchmark | BenchmarkSet;

const finalPhases = new Set(['Succeeded', 'Failed', 'Cancelled']);

/** Whether nothing more will happen to the object. A status of an older generation decides nothing. */
export function isFinished({ metadata, status }: Followed): boolean {
  return status?.observedGeneration === metadata.generation && finalPhases.has(status?.phase ?? '');
}

export function isGood({ status }: Followed): boolean {
  return status?.phase === 'Succeeded';
}

/** One line on where the object stands: `network  4 of 9 done, 1 running, about 12 s left`. */
export function progressLine(object: Followed, now: number): string {
  const parts = object.kind === 'BenchmarkSet' ? setParts(object, now) : benchmarkParts(object);
  return `${object.metadata.name}  ${parts.filter(Boolean).join(', ')}`;
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
  return [status?.phase ?? 'Pending', status?.summary ?? waiting];
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
