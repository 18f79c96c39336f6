// Made by scripts/generate.ts from schema.yaml, as the parameters are with their defaults; do not edit.

/**
 * Solves the flow in a cube whose lid moves (lid-driven cavity in 3-D) with icoFoam of OpenFOAM, on one node or several.
 */
export interface OpenFoamParameters {
  /**
   * Size of the mesh. S has 50, M 100, XL 200 and XXL 300 cells along each edge; S where neither size nor cells is given.
   */
  size?: 'S' | 'M' | 'XL' | 'XXL';
  /**
   * Cells along each edge of the cube in place of a size; the mesh has its third power.
   */
  cells?: number;
  /**
   * Time steps. Each moves the lid by half a cell.
   */
  steps: number;
  /**
   * How the pressure is solved. DICPCG is conjugate gradients preconditioned by incomplete Cholesky factors, GAMG multigrid, GAMGPCG conjugate gradients preconditioned by multigrid.
   */
  solver: 'DICPCG' | 'GAMG' | 'GAMGPCG';
  /**
   * Iterations of the pressure solver in each correction, always as many, so that each step is the same work. Without it the solver goes on to a residual of 1e-6.
   */
  iterations?: number;
  /**
   * MPI ranks in all, the same number on each node. With 1, OpenFOAM runs without MPI.
   */
  processes: number;
  /**
   * Pods that the ranks are spread over, each on a node of its own.
   */
  nodes: number;
  /**
   * What carries the messages between nodes. RDMA takes UCX and needs an RDMA device in the pods.
   */
  transport: 'TCP' | 'RDMA';
  /**
   * Port on which the workers wait for the launcher. The port after it tells that they are ready.
   */
  port: number;
}
