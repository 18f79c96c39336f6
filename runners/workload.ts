import type { Metric, MetricDefinition, Series } from '../measure/metric.ts';
import type { Reason } from '../measure/reason.ts';
import type { Task } from './task.ts';

export type Topology = 'SameNode' | 'DifferentNodes' | 'OnePerNode' | 'Any';

/** Where a role keeps data. `shared` claims are one for all replicas; otherwise one a replica. */
export interface Volume {
  name: string;
  mountPath: string;
  source:
    | { emptyDir: { sizeLimit?: string; medium?: 'Memory' } }
    | { claimName: string }
    | { claimTemplate: { storageClassName?: string; size: string; accessMode: 'ReadWriteOnce' | 'ReadWriteMany' }; shared: boolean };
}

/** One kind of pod of a run. */
export interface RolePlan {
  name: string;
  replicas: number;
  /** Roles whose addresses this one needs; it is created when they have them. */
  after?: string[];
  /** The run ends when every pod of the roles that end has ended. */
  ends: boolean;
  task: Task;
  volumes?: Volume[];
}

/** What a tool left behind. exitCode and signal are null when unknown (a file given to `assay parse`). */
export interface ToolOutput {
  stdout: string;
  stderr: string;
  exitCode: number | null;
  signal: string | null;
  /** Wall time of the tool, seconds. */
  elapsed?: number;
}

export type Parsed =
  | { ok: true; metrics: Metric[]; series?: Series[]; warnings?: string[]; toolVersion?: string }
  | { ok: false; reason: Reason; message: string };

/** A refusal of parameters beyond what the schema says. `path` is below the workload's block, e.g. `bitrate`. */
export interface Problem {
  path: string;
  message: string;
}

/** Limits that the spec sets on the containers of a role: quantities by resource, such as 2 of `nvidia.com/gpu`. */
export type Limits = (role: string) => Readonly<Record<string, number | string>>;

/** One benchmark tool as Assay sees it. `P` is the type of its parameters with defaults filled in. Pure throughout. */
export interface Workload<P extends object = object> {
  /** Name of the block in the spec, lowerCamelCase. */
  readonly name: string;
  readonly title: string;
  /** Name of the runner image, without registry and tag. */
  readonly image: string;
  /** The image for the parameters that it suits, where one image for all would be too large: a build for GPUs has gigabytes. */
  readonly variant?: { readonly image: string; suits(parameters: P): boolean };
  readonly topology: Topology;
  readonly metrics: readonly MetricDefinition[];
  /** Program -> Debian package, to say what is missing. */
  readonly programs: Readonly<Record<string, string>>;
  /**
   * Capabilities of Linux, without CAP_, that its pods cannot do without. They go through the policy like those that a user asks for, and
   * its image hands them to a user that is not root (docs/decisions/0010-capabilities-of-workloads.md).
   */
  readonly capabilities?: readonly string[];
  /** Whether a run needs them; every run does where this is absent. */
  needsCapabilities?(parameters: P): boolean;
  /** Name of the metric shown as status.summary. */
  headline(parameters: P): string;
  /** Wrong combinations that the schema cannot say. */
  check?(parameters: P, limits?: Limits): Problem[];
  /** Doubts about the figures that can be said before the run, e.g. a file that fits in memory. */
  cautions?(parameters: P): string[];
  plan(parameters: P, limits?: Limits): RolePlan[];
  /** Expected seconds of one run, start-up excluded. */
  duration(parameters: P): number;
  /** Never throws. Decides by what success looks like, not by the exit code alone. Without parameters it accepts whatever is whole. */
  parse(output: ToolOutput, parameters?: P): Parsed;
  /** What the end of a tool means that failed and whose output is no result, such as a server; undefined where it says no more than that. */
  diagnose?(output: ToolOutput): Extract<Parsed, { ok: false }> | undefined;
}
