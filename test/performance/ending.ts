import { terminationMessage } from '../../measure/frame.ts';
import type { ResultRecord } from '../../measure/record.ts';
import { formatTimestamp } from '../../measure/timestamp.ts';
import { workloads } from '../../runners/registry.ts';
import type { Assignment } from '../../runners/task.ts';
import type { Pod, PodStatus } from '../../operator/backends/pod.ts';
import { runner } from '../../operator/backends/pod.ts';

/** What the agent in a pod was told; undefined where the pod is not of Assay's making. */
export function assignmentIn(pod: Pod): Assignment | undefined {
  const container = pod.spec.containers.find(({ name }) => name === runner);
  const text = container?.env.find(({ name }) => name === 'ASSAY_TASK')?.value;
  return text === undefined ? undefined : (JSON.parse(text.replaceAll('$$', '$')) as Assignment);
}

/**
 * The status of a pod whose agent ran its tool to a good end: with the frame that the agent would have left, under the key
 * that the pod was given, because the operator takes no other for a result.
 * @param startedAt @param finishedAt ms since 1970
 */
export function endedStatus(assignment: Assignment, index: number, startedAt: number, finishedAt: number): PodStatus {
  const message = terminationMessage(recordOf(assignment, index, startedAt, finishedAt), assignment.key);
  const times = { startedAt: new Date(startedAt).toISOString(), finishedAt: new Date(finishedAt).toISOString() };
  const terminated = { exitCode: 0, reason: 'Completed', message, ...times };
  return { phase: 'Succeeded', containerStatuses: [{ name: runner, state: { terminated } }] };
}

/** With every metric that the workload has, as a long result costs more than a short one. */
function recordOf({ workload, role, task }: Assignment, index: number, startedAt: number, finishedAt: number): ResultRecord {
  const definitions = workloads[workload]?.metrics ?? [];
  return {
    version: 1,
    workload,
    role,
    index,
    outcome: 'Succeeded',
    window: { startedAt: formatTimestamp(startedAt * 1000), finishedAt: formatTimestamp(finishedAt * 1000) },
    metrics: definitions.map(({ name, unit, better }) => ({ name, unit, better, value: (finishedAt - startedAt) / 1000 })),
    series: [],
    warnings: [],
    tool: { argv: task.argv.filter((word) => typeof word === 'string'), exitCode: 0, signal: null },
  };
}
