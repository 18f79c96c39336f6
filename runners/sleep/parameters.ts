// Made by scripts/generate.ts from schema.yaml, as the parameters are with their defaults; do not edit.

/**
 * Waits. The smallest workload; shows what Assay itself costs, and holds a place while something else is measured.
 */
export interface SleepParameters {
  /**
   * How long to wait, in units h, m, s, ms or us, such as 1m30s; up to 24 hours.
   */
  duration: string;
}
