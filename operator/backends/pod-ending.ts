import type { Reason } from '../../measure/reason.ts';
import type { Cause, Ended } from './backend.ts';
import { excerpt } from './excerpt.ts';
import type { Pod, Terminated } from './pod.ts';
import { runnerStatus } from './pod.ts';
import { frameOf } from './pod-frame.ts';

/** Why the cluster takes a pod away, by the reason of its condition DisruptionTarget or of Kueue's TerminationTarget. */
const disruptions: Readonly<Record<string, Reason>> = {
  EvictionByEvictionAPI: 'PodEvicted',
  PreemptionByScheduler: 'PodEvicted',
  TerminationByKubelet: 'PodEvicted',
  DeletionByTaintManager: 'NodeLost',
  DeletionByPodGC: 'NodeLost',
  WorkloadEvicted: 'PodEvicted',
  WorkloadDeleted: 'PodEvicted',
  NoMatchingWorkload: 'PodEvicted',
  NotAdmitted: 'PodEvicted',
};

/** The same by status.reason, which kubelet and node controller set. */
const statusReasons: Readonly<Record<string, Reason>> = {
  Evicted: 'PodEvicted',
  Preempting: 'PodEvicted',
  NodeLost: 'NodeLost',
  NodeShutdown: 'NodeLost',
  Terminated: 'NodeLost',
};

/** Who takes the pod away: an eviction, a preemption, a lost node, or Volcano, which writes so into the condition Ready. */
export function disruptionOf({ spec, status }: Pod): Cause | undefined {
  const node = spec.nodeName === undefined ? '' : ` (node ${spec.nodeName})`;
  const byStatus = statusReasons[status?.reason ?? ''];
  if (byStatus) return { reason: byStatus, message: `${status?.reason}: ${status?.message ?? 'no further explanation'}${node}` };
  const condition = status?.conditions?.find(
    ({ type, status: value }) => (type === 'DisruptionTarget' || type === 'TerminationTarget') && value === 'True',
  );
  const byCondition = disruptions[condition?.reason ?? ''];
  const evicted = status?.conditions?.find(
    ({ type, status: value, reason }) => type === 'Ready' && value === 'False' && reason === 'Evict',
  );
  if (evicted) return { reason: 'PodEvicted', message: `${evicted.message ?? 'evicted by Volcano'}${node}` };
  return byCondition && { reason: byCondition, message: `${condition?.reason}: ${condition?.message ?? 'no further explanation'}${node}` };
}

/** How a pod's own container ended, with the record that its agent left. */
export function endedOf(pod: Pod): Ended | undefined {
  const { status } = pod;
  const terminated = runnerStatus(status)?.state?.terminated;
  if (!terminated && status?.phase !== 'Failed' && status?.phase !== 'Succeeded') return undefined;
  const exitCode = terminated?.exitCode ?? null;
  const decoded = frameOf(pod);
  const cause = causeOf(pod, terminated);
  const ended: Ended = { exitCode, frame: decoded.frame, ...cause };
  if (decoded.frame === 'Verified') {
    const { record } = decoded;
    return { ...ended, record, reason: record.reason ?? cause.reason, message: record.message ?? '' };
  }
  if (decoded.frame === 'InLog') return { ...ended, length: decoded.pointer.length };
  if (decoded.frame === 'Missing') return ended;
  const message = `the result of ${pod.metadata.name} is not counted: ${decoded.message}`;
  return { ...ended, reason: 'ResultCorrupt', message: exitCode === 0 ? message : `${message}. ${cause.message}` };
}

/** What Kubernetes says about an end without a record. */
function causeOf(pod: Pod, terminated: Terminated | undefined): Cause {
  const { name } = pod.metadata;
  const disruption = disruptionOf(pod);
  if (disruption) return { reason: disruption.reason, message: `${name}: ${disruption.message}` };
  if (!terminated) {
    const { reason = 'Failed', message = 'no further explanation' } = pod.status ?? {};
    return { reason: 'PodFailed', message: `${name} ended before its container started: ${reason}: ${message}${failedInit(pod)}` };
  }
  const { exitCode, reason = '', message = '' } = terminated;
  if (reason === 'OOMKilled') {
    return { reason: 'OutOfMemory', message: `${name} was killed for memory; raise spec.pod.resources.limits.memory or ask for less` };
  }
  if (reason === 'StartError' || reason === 'ContainerCannotRun') {
    return { reason: 'ConfigError', message: `${name} could not be started: ${excerpt(message)}; is spec.pod.image one of Assay's?` };
  }
  const words = message === '' ? '' : `: ${excerpt(message)}`;
  if (exitCode === 0) return { reason: 'ResultMissing', message: `${name} ended well but left no result${words}` };
  return { reason: 'PodFailed', message: `${name} ended with exit code ${exitCode}${reason === '' ? '' : ` (${reason})`}${words}` };
}

function failedInit({ status }: Pod): string {
  const failed = status?.initContainerStatuses?.find(({ state }) => (state?.terminated?.exitCode ?? 0) !== 0);
  return failed ? `; init container ${failed.name} ended with exit code ${failed.state?.terminated?.exitCode}` : '';
}
