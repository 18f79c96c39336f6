/** What soak.ts prints. Times in seconds. */
export interface SoakReport {
  soak: 1;
  /** Wall time from the common start to the end of the last thread. */
  elapsed: number;
  /** CPU time of the process within that time. */
  cpuTime: number;
  /** Counts of each thread. */
  iterations: number[];
}
