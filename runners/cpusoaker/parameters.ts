// Made by scripts/generate.ts from schema.yaml, as the parameters are with their defaults; do not edit.

/**
 * Keeps processors busy with counting. Shows what CPU time a pod really gets, and makes load beside other benchmarks.
 */
export interface CpusoakerParameters {
  /**
   * Threads that count at the same time. A pod needs that many cores to run them all.
   */
  workers: number;
  /**
   * How long to count, in units h, m, s, ms or us, such as 30s; 100 ms to 24 hours.
   */
  duration: string;
}
