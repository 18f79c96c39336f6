import type { Container, ContainerState, ContainerStatus, PodCondition, PodStatus } from './pod.ts';

/** What a kubelet knows of a pod that it has taken on. */
export interface Observation {
  containers: { container: Container; state: ContainerState }[];
  startTime: string;
  /** The primary one first. */
  podIPs: string[];
  hostIP: string;
  /** Why the kubelet itself ended the pod. */
  verdict?: { reason: string; message: string };
}

/** The status of a pod as the kubelet reports it. Times come from the states, so that the same observation gives the same status. */
export function podStatus({ containers, startTime, podIPs, hostIP, verdict }: Observation): PodStatus {
  const states = containers.map(({ state }) => state);
  const phase = phaseOf(states, verdict !== undefined);
  const ended = phase === 'Succeeded' || phase === 'Failed';
  return {
    phase,
    ...(verdict && ended ? verdict : {}),
    hostIP,
    podIP: podIPs[0] ?? '',
    podIPs: podIPs.map((ip) => ({ ip })),
    startTime,
    conditions: conditionsOf(states, startTime, phase),
    containerStatuses: containers.map(({ container, state }) => containerStatus(container, state)),
  };
}

/** The status of a pod that no node fits, in the scheduler's words. */
export function unschedulable(message: string, time: string): PodStatus {
  return {
    phase: 'Pending',
    conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message, lastTransitionTime: time }],
  };
}

type Phase = NonNullable<PodStatus['phase']>;

function phaseOf(states: ContainerState[], condemned: boolean): Phase {
  if (states.some(({ running }) => running)) return 'Running';
  if (states.some(({ terminated }) => !terminated)) return condemned ? 'Failed' : 'Pending';
  return !condemned && states.every(({ terminated }) => terminated?.exitCode === 0) ? 'Succeeded' : 'Failed';
}

function conditionsOf(states: ContainerState[], startTime: string, phase: Phase): PodCondition[] {
  const ready = states.every(({ running }) => running);
  const changes = states.map(({ running, terminated }) => terminated?.finishedAt ?? running?.startedAt ?? startTime).toSorted();
  const lastTransitionTime = changes.at(-1) ?? startTime;
  const because = phase === 'Succeeded' ? 'PodCompleted' : phase === 'Failed' ? 'PodFailed' : 'ContainersNotReady';
  const readiness = ready ? ({ status: 'True' } as const) : ({ status: 'False', reason: because } as const);
  return [
    { type: 'PodScheduled', status: 'True', lastTransitionTime: startTime },
    { type: 'Initialized', status: 'True', lastTransitionTime: startTime },
    { type: 'ContainersReady', ...readiness, lastTransitionTime },
    { type: 'Ready', ...readiness, lastTransitionTime },
  ];
}

function containerStatus({ name, image = '' }: Container, state: ContainerState): ContainerStatus {
  const running = state.running !== undefined;
  return { name, image, imageID: '', ready: running, started: running, restartCount: 0, state };
}
