/** What run.ts prints after the solver's own log. Times in seconds. */
export interface RunReport {
  openFoam: 1;
  /** Cells of the mesh, as blockMesh counts them. */
  cells: number;
  /** Wall time of the solver from its start to its end, MPI's start and the reading of the mesh included. */
  wallTime: number;
  /** Wall time from the start of the time loop to the end of its last step. */
  loopTime: number;
  /** What each rank used, in no order: CPU time in user code and in the kernel, seconds, and the most memory it had, B. */
  ranks: { userTime: number; systemTime: number; peakMemory: number }[];
}
