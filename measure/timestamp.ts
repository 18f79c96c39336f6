import type { Timestamp } from './record.ts';

const pattern = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\.(\d{6})Z$/;

/**
 * Now, in microseconds since 1970. Within a process it never goes back and is deaf to steps of the wall clock, so that
 * the difference of two of them is a duration.
 */
export function microsecondsNow(): number {
  return Math.round((performance.timeOrigin + performance.now()) * 1000);
}

/** @param microseconds whole microseconds since 1970. @returns RFC 3339 in UTC with six decimals. */
export function formatTimestamp(microseconds: number): Timestamp {
  const milliseconds = Math.floor(microseconds / 1000);
  const rest = String(microseconds - milliseconds * 1000).padStart(3, '0');
  return new Date(milliseconds).toISOString().replace('Z', `${rest}Z`);
}

/** @returns whole microseconds since 1970, or undefined when `text` is no timestamp as `formatTimestamp` writes it. */
export function parseTimestamp(text: string): number | undefined {
  const [, seconds, fraction] = pattern.exec(text) ?? [];
  const milliseconds = Date.parse(`${seconds}Z`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds * 1000 + Number(fraction);
}
