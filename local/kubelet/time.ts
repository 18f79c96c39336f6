import type { Instant } from '../../operator/kube/clock.ts';

/** A time as the Kubernetes API keeps it: RFC 3339 in UTC, whole seconds. */
export function timeOf(instant: Instant): string {
  return new Date(instant).toISOString().replace(/\.\d+Z$/, 'Z');
}
