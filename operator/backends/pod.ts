import type { Affinity, PodVolume, Resources, SecurityContext, Toleration } from '../api/types.ts';
import type { KubeObject } from '../kube/object.ts';

/** A core/v1 Pod, as far as it is written and read here. */
export interface Pod extends KubeObject {
  spec: PodSpec;
  status?: PodStatus;
}

export interface PodSpec {
  nodeName?: string;
  schedulingGates?: { name: string }[];
  restartPolicy: 'Never';
  automountServiceAccountToken: boolean;
  enableServiceLinks: false;
  terminationGracePeriodSeconds: number;
  serviceAccountName?: string;
  schedulerName?: string;
  priorityClassName?: string;
  runtimeClassName?: string;
  hostNetwork?: true;
  dnsPolicy?: 'ClusterFirstWithHostNet';
  imagePullSecrets?: { name: string }[];
  nodeSelector?: Record<string, string>;
  tolerations?: Toleration[];
  affinity?: Affinity;
  topologySpreadConstraints?: object[];
  securityContext: object;
  containers: Container[];
  volumes: object[];
}

export interface Container {
  name: string;
  image: string;
  imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
  /** In place of the image's entry point. */
  command?: string[];
  args: string[];
  env: EnvVar[];
  ports?: { containerPort: number; protocol: 'TCP' | 'UDP' }[];
  resources?: Resources;
  securityContext: SecurityContext;
  terminationMessagePath: string;
  terminationMessagePolicy: 'File';
  volumeMounts: VolumeMount[];
}

export interface EnvVar {
  name: string;
  value?: string;
  valueFrom?: { fieldRef: { fieldPath: string } };
}

export type VolumeMount = Pick<PodVolume, 'name' | 'mountPath' | 'readOnly' | 'subPath'>;

export interface PodStatus {
  phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
  reason?: string;
  message?: string;
  podIP?: string;
  podIPs?: { ip: string }[];
  startTime?: string;
  conditions?: PodCondition[];
  initContainerStatuses?: ContainerStatus[];
  containerStatuses?: ContainerStatus[];
}

export interface PodCondition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
}

export interface ContainerStatus {
  name: string;
  state?: {
    waiting?: { reason?: string; message?: string };
    running?: { startedAt?: string };
    terminated?: Terminated;
  };
}

export interface Terminated {
  exitCode: number;
  signal?: number;
  reason?: string;
  message?: string;
  startedAt?: string;
  finishedAt?: string;
}

/** Name of the container that holds agent and tool; a mesh may put others beside it. */
export const runner = 'runner';

export function isPod(object: KubeObject): object is Pod {
  return object.kind === 'Pod';
}

/** Whether the pod's own container ended, or the pod as a whole: a sidecar may outlive the tool. */
export function hasEnded({ status }: Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed' || runnerStatus(status)?.state?.terminated !== undefined;
}

export function runnerStatus(status: PodStatus | undefined): ContainerStatus | undefined {
  return status?.containerStatuses?.find(({ name }) => name === runner);
}
