import type { Benchmark } from '../api/types.ts';
import type { Backend, Cause, HolderState, PodState } from '../backends/backend.ts';
import type { Instant } from '../kube/clock.ts';
import type { KubeObject } from '../kube/object.ts';
import { addressed } from './address.ts';
import { currentAttempt } from './attempts.ts';
import type { Checked } from './check.ts';
import type { Memory } from './memory.ts';
import type { Observed } from './observed.ts';
import { isOwnedBy, ownedBy } from './ownership.ts';
import { isMade } from './roles.ts';
import { tokenOf } from './token.ts';

/** Cached objects that may belong to a benchmark, by the UID in their label, and events about them. */
export interface Sources {
  pods: readonly KubeObject[];
  /** What holds pods, and what stands beside it. */
  holders?: readonly KubeObject[];
  claims: readonly KubeObject[];
  events: readonly KubeObject[];
}

/** Puts together what is known about one benchmark. Objects that only look like its own, by label, are left out. */
export function observe(
  benchmark: Benchmark,
  checked: Checked,
  backend: Backend,
  sources: Sources,
  memory: Memory,
  now: Instant,
): Observed {
  const own = ownedBy(benchmark, [...(sources.holders ?? []), ...sources.pods], memory);
  const holders = (backend.holders?.(own) ?? []).map((holder) => asked(holder, memory));
  const going = new Set(holders.flatMap(({ uid, deleting }) => (deleting ? [uid] : [])));
  const attempt = currentAttempt(benchmark.status);
  const seen = backend.observe(own, sources.events);
  const gone = vanished(benchmark, attempt, seen, memory);
  const states = seen
    // What is gone for good is not to be waited for.
    .filter((pod) => isMade(pod) || !(going.has(pod.holder ?? '') || gone.some(({ name }) => name === pod.name)))
    .map((pod) => addressed(refined(pod, memory), benchmark));
  const pods = states.filter((pod) => pod.attempt === attempt);
  const token = tokenOf(attempt, checked.roles, pods, memory);
  const stopped = stopOf(attempt, holders, memory);
  return {
    benchmark,
    createdAt: Date.parse(benchmark.metadata.creationTimestamp ?? '') || now,
    ...(checked.workload === undefined ? {} : { workload: checked.workload }),
    roles: checked.roles,
    startsTogether: backend.startsTogether(benchmark, checked.roles),
    cautions: checked.cautions,
    ...(checked.refused ? { refused: checked.refused } : {}),
    attempt,
    pods,
    earlier: states.filter((pod) => pod.attempt !== attempt),
    ...(token === undefined ? {} : { token }),
    vanished: gone,
    holders,
    ...(stopped ? { stopped } : {}),
    claims: sources.claims.filter((claim) => isOwnedBy(claim, benchmark)).map(claimState),
    crowded: false,
    logs: memory.logs,
    ...(memory.obstacle ? { obstacle: memory.obstacle } : {}),
    ...(memory.unpublished === undefined ? {} : { unpublished: memory.unpublished }),
  };
}

/** Its deletion was asked for; the cache may not know yet. */
function asked(holder: HolderState, { deleted }: Memory): HolderState {
  return { ...holder, deleting: holder.deleting || deleted.has(holder.uid) };
}

/** With what the operator itself knows: the record from the log, and that it has asked for the pod's deletion. */
function refined(pod: PodState, { records, deleted }: Memory): PodState {
  const record = records.get(pod.uid);
  const deleting = pod.deleting || deleted.has(pod.uid);
  if (!record || !pod.ended) return { ...pod, deleting };
  const { reason, message } = pod.ended;
  return {
    ...pod,
    deleting,
    ended: { ...pod.ended, frame: 'Verified', record, reason: record.reason ?? reason, message: record.message ?? message },
  };
}

function vanished(benchmark: Benchmark, attempt: number, states: readonly PodState[], { pods }: Memory): Observed['vanished'] {
  const recorded = benchmark.status?.attempts?.find(({ index }) => index === attempt)?.pods ?? [];
  const remembered = [...pods].flatMap(([name, pod]) => (pod.attempt === attempt ? [{ name, role: pod.role }] : []));
  const known = new Map([...recorded, ...remembered].map(({ name, role }) => [name, { name, role }]));
  for (const pod of states) if (isMade(pod) && (pods.get(pod.name)?.uid ?? pod.uid) === pod.uid) known.delete(pod.name);
  return [...known.values()];
}

/** Who stopped what held the pods of the attempt. The operator itself deletes only what closed attempts left. */
function stopOf(attempt: number, holders: readonly HolderState[], memory: Memory): Cause | undefined {
  const current = holders.filter((holder) => holder.attempt === attempt);
  const stopped = current.find((holder) => holder.stopped)?.stopped;
  if (stopped) return stopped;
  const remembered = [...memory.holders].find(([, holder]) => holder.attempt === attempt);
  const deleted = current.find(({ deleting }) => deleting)?.name ?? (current.length === 0 ? remembered?.[1].name : undefined);
  if (deleted === undefined) return undefined;
  return { reason: 'JobStopped', message: `${deleted}, which held the pods, was deleted by somebody else while the benchmark needed it` };
}

function claimState({ metadata }: KubeObject): Observed['claims'][number] {
  return { name: metadata.name, uid: metadata.uid ?? '', deleting: metadata.deletionTimestamp !== undefined };
}
