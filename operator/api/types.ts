import type { Metric } from '../../measure/metric.ts';
import type { Condition } from './condition.ts';

// Interim shapes by hand; the generated types take their place under the same names.

export interface PodOptions {
  image?: string;
  imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
  imagePullSecrets?: { name: string }[];
  resources?: { limits?: Record<string, string | number>; requests?: Record<string, string | number> };
  env?: { name: string; value: string }[];
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  securityContext?: Record<string, unknown>;
  volumes?: Record<string, unknown>[];
  serviceAccountName?: string;
}

export interface BenchmarkSpec {
  /** Exactly one workload block. */
  [workload: string]: unknown;
  network?: { host?: boolean; name?: string; mtu?: number };
  placement?: {
    topology?: 'SameNode' | 'DifferentNodes' | 'OnePerNode' | 'Any';
    exclusive?: 'None' | 'Node' | 'Namespace' | 'Cluster';
    nodes?: Record<string, string>;
    nodeSelector?: Record<string, string>;
    tolerations?: Record<string, unknown>[];
    affinity?: Record<string, unknown>;
  };
  backend?: 'Pods' | 'Volcano' | 'JobSet';
  queue?: string;
  schedulerName?: string;
  priorityClassName?: string;
  runtimeClassName?: string;
  pod?: PodOptions;
  roles?: Record<string, { pod?: PodOptions }>;
  timeouts?: { pending?: string; running?: string };
  retries?: number;
  suspend?: boolean;
  cancel?: boolean;
  cleanup?: { pods?: 'Always' | 'OnSuccess' | 'Never'; ttlAfterFinished?: string };
  results?: { output?: 'Never' | 'OnFailure' | 'Always'; retain?: boolean };
}

export type BenchmarkPhase = 'Pending' | 'Preparing' | 'Running' | 'Collecting' | 'Succeeded' | 'Failed' | 'Cancelled' | 'Suspended';

export interface Attempt {
  index: number;
  startedAt?: string;
  finishedAt?: string;
  outcome?: 'Succeeded' | 'Failed' | 'Cancelled' | 'Suspended';
  reason?: string;
  message?: string;
  pods: { name: string; role: string; node?: string; ip?: string }[];
}

export interface BenchmarkStatus {
  observedGeneration?: number;
  phase?: BenchmarkPhase;
  workload?: string;
  summary?: string;
  conditions?: Condition[];
  metrics?: Metric[];
  warnings?: string[];
  window?: { startedAt: string; finishedAt: string };
  attempts?: Attempt[];
  resultsRef?: { kind: 'ConfigMap'; name: string };
}

interface Meta {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

export interface Benchmark {
  apiVersion: 'assay.dev/v1alpha1';
  kind: 'Benchmark';
  metadata: Meta;
  spec: BenchmarkSpec;
  status?: BenchmarkStatus;
}

export interface BenchmarkSetSpec {
  template: { metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> }; spec: BenchmarkSpec };
  matrix?: {
    product?: Record<string, unknown[]>;
    explicit?: Record<string, unknown>[];
    exclude?: Record<string, unknown>[];
  };
  repetitions?: number;
  order?: 'Interleaved' | 'Random' | 'Sequential';
  seed?: number;
  warmup?: number;
  parallelism?: number;
  failureBudget?: string | number;
  suspend?: boolean;
  cancel?: boolean;
  results?: { retain?: boolean };
}

export interface BenchmarkSetStatus {
  observedGeneration?: number;
  phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Cancelled' | 'Suspended';
  conditions?: Condition[];
  startedAt?: string;
  finishedAt?: string;
  seed?: number;
  estimatedFinish?: string;
  members?: { total: number; pending: number; running: number; succeeded: number; failed: number; cancelled: number };
  cells?: { total: number; decided: number };
  summary?: string;
  resultsRef?: { kind: 'ConfigMap'; name: string };
}

export interface BenchmarkSet {
  apiVersion: 'assay.dev/v1alpha1';
  kind: 'BenchmarkSet';
  metadata: Meta;
  spec: BenchmarkSetSpec;
  status?: BenchmarkSetStatus;
}
