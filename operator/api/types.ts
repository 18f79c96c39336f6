import type { BenchmarkSetStatus, BenchmarkStatus } from './generated/kinds.ts';

export type {
  Affinity,
  Attempt,
  Benchmark,
  BenchmarkSet,
  BenchmarkSetSpec,
  BenchmarkSetStatus,
  BenchmarkSpec,
  BenchmarkStatus,
  EnvironmentVariable,
  Matrix,
  MatrixNodes,
  Placement,
  PodOptions,
  PodVolume,
  Resources,
  SecurityContext,
  Toleration,
} from './generated/kinds.ts';

export type BenchmarkPhase = NonNullable<BenchmarkStatus['phase']>;
export type BenchmarkSetPhase = NonNullable<BenchmarkSetStatus['phase']>;
