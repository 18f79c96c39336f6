import { parseDuration } from '../../measure/quantity.ts';
import type { BenchmarkSpec } from '../api/types.ts';

const defaults = { pending: '5m', running: '30m', ttl: '0s' };

/** The spec's time limits in ms. The schema has checked the texts; one that slipped through counts as its default. */
export function limitsOf({ timeouts, cleanup }: BenchmarkSpec): { pending: number; running: number; ttl: number } {
  return {
    pending: milliseconds(timeouts?.pending, defaults.pending),
    running: milliseconds(timeouts?.running, defaults.running),
    ttl: milliseconds(cleanup?.ttlAfterFinished, defaults.ttl),
  };
}

/** Seconds after which a pod gives up that nobody tells its peers' addresses: by then an operator, if there is one, has ended the run. */
export function toldWithin(spec: BenchmarkSpec): number {
  const { pending, running } = limitsOf(spec);
  return Math.ceil((pending + running) / 1000);
}

function milliseconds(text: string | undefined, otherwise: string): number {
  try {
    return parseDuration(text ?? otherwise) * 1000;
  } catch {
    return parseDuration(otherwise) * 1000;
  }
}

/** `5m` for people: whole units where they fit. */
export function durationText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds >= 3600 && seconds % 3600 === 0) return `${seconds / 3600}h`;
  if (seconds >= 60 && seconds % 60 === 0) return `${seconds / 60}m`;
  return `${seconds}s`;
}
