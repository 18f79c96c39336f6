import type { Instant } from './clock.ts';
import type { KubeObject } from './object.ts';

/** coordination.k8s.io/v1 Lease. */
export interface Lease extends KubeObject {
  spec: LeaseSpec;
}

export interface LeaseSpec {
  holderIdentity?: string;
  leaseDurationSeconds?: number;
  acquireTime?: string;
  renewTime?: string;
  leaseTransitions?: number;
}

/** metav1.MicroTime; with fewer than six digits the API server refuses it. */
export function microTime(now: Instant): string {
  return new Date(now).toISOString().replace('Z', '000Z');
}

/** The record after `identity` took or renewed the lease. A change of hands counts as a transition. */
export function held(before: LeaseSpec | undefined, identity: string, duration: number, now: Instant): LeaseSpec {
  const renewTime = microTime(now);
  const mine = before?.holderIdentity === identity;
  return {
    holderIdentity: identity,
    leaseDurationSeconds: Math.ceil(duration / 1000),
    acquireTime: (mine ? before.acquireTime : undefined) ?? renewTime,
    renewTime,
    leaseTransitions: (before?.leaseTransitions ?? 0) + (before && !mine ? 1 : 0),
  };
}

/** The record after its holder gave it up: the next one need not wait. */
export function released(before: LeaseSpec, now: Instant): LeaseSpec {
  return { ...before, holderIdentity: '', leaseDurationSeconds: 1, renewTime: microTime(now) };
}

/**
 * Watches a lease that another holds. Expiry is judged by how long the record has not changed here: clocks of two machines are
 * never compared.
 */
export class LeaseObserver {
  #seen: string | undefined;
  #since: Instant = 0;

  /** Whether the lease may be taken. @param fallback ms, where the record names no duration */
  isFree({ spec }: Lease, now: Instant, fallback: number): boolean {
    const record = JSON.stringify(spec);
    if (record !== this.#seen) {
      this.#seen = record;
      this.#since = now;
    }
    const duration = spec.leaseDurationSeconds ? spec.leaseDurationSeconds * 1000 : fallback;
    return !spec.holderIdentity || now >= this.#since + duration;
  }
}
