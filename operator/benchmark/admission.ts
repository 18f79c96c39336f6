import type { BenchmarkSpec } from '../api/types.ts';
import type { Instant } from '../kube/clock.ts';

/** What no other benchmark may share meanwhile. */
export type Scope = NonNullable<NonNullable<BenchmarkSpec['placement']>['exclusive']>;

/** A benchmark that has a place, or wants one. */
export interface Tenant {
  uid: string;
  /** `namespace/name`. */
  key: string;
  namespace: string;
  scope: Scope;
  /** Nodes that it uses or is going to use, as far as known. */
  nodes: readonly string[];
  /** Whether `nodes` are all that it can ever use. */
  pinned: boolean;
  /** Some of its pods have no node yet. */
  placing: boolean;
}

/** A benchmark that wants a place. */
export interface Claimant extends Tenant {
  /** Higher goes first. */
  priority: number;
  createdAt: Instant;
}

export type Verdict = { admitted: true } | { admitted: false; message: string };

/** First come, first served within a priority; the key decides between equals, so that the order is the same after a restart. */
export function byTurn(a: Claimant, b: Claimant): number {
  return b.priority - a.priority || a.createdAt - b.createdAt || (a.key < b.key ? -1 : Number(a.key > b.key));
}

/** The scope that two tenants may not share, if any. It is enough that one of them wants it for itself. */
export function contested(claimant: Tenant, holder: Tenant): Scope | undefined {
  const wanted = (scope: Scope) => claimant.scope === scope || holder.scope === scope;
  if (wanted('Cluster')) return 'Cluster';
  if (wanted('Namespace') && claimant.namespace === holder.namespace) return 'Namespace';
  if (!wanted('Node')) return undefined;
  if (claimant.nodes.some((node) => holder.nodes.includes(node))) return 'Node';
  // Two that still look for nodes could each take one that the other needs, and both wait for ever. That one of them would share its
  // nodes does not help: the other cannot use those, and a stream of such runs would take each node before it is free for who came first.
  return holder.placing && !(claimant.pinned && holder.pinned) ? 'Node' : undefined;
}

/**
 * Whether a claimant may start now: nobody who holds a place, and nobody before it in the queue, may be in its way.
 * @param ahead claimants whose turn comes before
 */
export function verdictFor(claimant: Claimant, holders: readonly Tenant[], ahead: readonly Claimant[]): Verdict {
  const inTheWay = (tenant: Tenant) => tenant.uid !== claimant.uid && contested(claimant, tenant) !== undefined;
  const holder = holders.find(inTheWay);
  const before = ahead.filter(inTheWay);
  const first = holder ?? before[0];
  if (!first) return { admitted: true };
  const scope = contested(claimant, first) ?? 'Node';
  const why = holder ? `${first.key} ${holder.placing ? 'is being placed' : 'runs'}` : `${first.key} comes first`;
  return { admitted: false, message: `place ${before.length + 1} in the queue for ${scopeText(scope, claimant)}: ${why}` };
}

function scopeText(scope: Scope, { namespace, nodes }: Tenant): string {
  if (scope === 'Cluster') return 'the cluster';
  if (scope === 'Namespace') return `namespace ${namespace}`;
  return nodes.length > 0 ? `node ${nodes.join(', ')}` : 'a node of its own';
}
