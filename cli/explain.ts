import { type Reason, reasons } from '../measure/reason.ts';
import type { Condition } from '../operator/api/condition.ts';
import type { Attempt, Benchmark, BenchmarkSet } from '../operator/api/types.ts';
import type { EventObject } from '../operator/kube/recorder.ts';
import { printable } from './output/printable.ts';

/** Failed members shown of one reason. */
const shownMembers = 3;

/** How a Benchmark stands: the deciding condition, what its reason means, then attempts, pods and Events as evidence. */
export function explainBenchmark({ metadata, status }: Benchmark, events: readonly EventObject[]): string {
  return [
    ...verdict('Benchmark', metadata.name, status),
    ...(status?.attempts ?? []).flatMap(attemptLines),
    ...events.map(
      ({ type, reason, message, involvedObject }) => `event ${type} on ${involvedObject.name}: ${reason}: ${printable(message)}`,
    ),
  ].join('\n');
}

/** How a set stands: the deciding condition, and its failed members by reason. */
export function explainSet({ metadata, status }: BenchmarkSet, members: readonly Benchmark[]): string {
  const failed = members.flatMap((member) => {
    const condition = member.status?.conditions?.find(({ type, status: value }) => type === 'Failed' && value === 'True');
    return condition ? [{ name: member.metadata.name, condition }] : [];
  });
  const byReason = [...Map.groupBy(failed, ({ condition }) => condition.reason)].flatMap(([reason, group]) => groupLines(reason, group));
  const waiting = members.filter((member) => reconciling(member.status?.conditions)).slice(0, shownMembers);
  return [
    ...verdict('BenchmarkSet', metadata.name, status),
    ...byReason,
    ...waiting.map(
      (member) =>
        `${member.metadata.name} ${member.status?.phase ?? 'Pending'}: ${printable(reconciling(member.status?.conditions)?.message ?? '')}`,
    ),
  ].join('\n');
}

function attemptLines({ index, outcome, reason, message, pods }: Attempt): string[] {
  return [
    `attempt ${index}: ${outcome ?? 'under way'}${reason ? `, ${reason}: ${printable(message ?? '')}` : ''}`,
    ...pods.map(({ name, role, node }) => `  pod ${name} (${role})${node ? ` on ${node}` : ''}`),
  ];
}

function groupLines(reason: string, group: readonly { name: string; condition: Condition }[]): string[] {
  return [
    `${group.length} failed with ${reason}: ${meaning(reason)}`,
    ...group.slice(0, shownMembers).map(({ name, condition }) => `  ${name}: ${printable(condition.message)}`),
  ];
}

function verdict(kind: string, name: string, status: { phase?: string; conditions?: Condition[] } | undefined): string[] {
  const lead = `${kind} ${name}: ${status?.phase ?? 'not seen by an operator yet; is one running?'}`;
  const condition = deciding(status?.conditions);
  if (!condition) return [lead];
  const explanation = meaning(condition.reason);
  return [lead, `${condition.reason}: ${printable(condition.message)}`, ...(explanation ? [explanation] : [])];
}

/** A refusal explains more than a failure, and a failure more than a wait. */
function deciding(conditions: readonly Condition[] = []): Condition | undefined {
  return (
    conditions.find(({ type, status }) => type === 'Accepted' && status === 'False') ??
    conditions.find(({ type, status }) => type === 'Failed' && status === 'True') ??
    conditions.find(({ type, status }) => type === 'Complete' && status === 'True') ??
    reconciling(conditions)
  );
}

function reconciling(conditions: readonly Condition[] = []): Condition | undefined {
  return conditions.find(({ type, status }) => type === 'Reconciling' && status === 'True');
}

function meaning(reason: string): string {
  return isReason(reason) ? reasons[reason] : '';
}

function isReason(reason: string): reason is Reason {
  return Object.hasOwn(reasons, reason);
}
