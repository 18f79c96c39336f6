// Made by scripts/generate.ts from schema.yaml, as the parameters are with their defaults; do not edit.

/**
 * Time and bandwidth of messages between the ranks of an MPI program by message size, measured with the Intel MPI Benchmarks or NetPIPE.
 */
export interface MpiPingPongParameters {
  /**
   * IMB has many patterns of communication and runs under Intel MPI, on x86_64 only. NetPIPE has the ping-pong and runs under Open MPI, on every processor.
   */
  tool: 'IMB' | 'NetPIPE';
  /**
   * What is measured, in this order; the first gives the metrics, all are in the series. NetPIPE has pingpong alone.
   */
  benchmarks: (
    | 'pingpong'
    | 'pingping'
    | 'sendrecv'
    | 'exchange'
    | 'uniband'
    | 'biband'
    | 'bcast'
    | 'allreduce'
    | 'reduce'
    | 'reduceScatter'
    | 'allgather'
    | 'gather'
    | 'scatter'
    | 'alltoall'
    | 'barrier'
  )[];
  /**
   * The largest message has 2 to this power bytes; 22 is 4 MiB.
   */
  maxMessageLog: number;
  /**
   * What messages between nodes go over. RDMA needs a card in the pods and the capability IPC_LOCK.
   */
  transport: 'TCP' | 'RDMA';
  /**
   * Pods, each on a node of its own.
   */
  nodes: number;
  /**
   * Ranks in each pod. Neighbouring ranks are in different pods, so that a pair always talks over the network.
   */
  processesPerNode: number;
  /**
   * Port on which the workers serve the launcher. The port after it tells that they do.
   */
  port: number;
  /**
   * Further options of the tool, such as -iter 500 of IMB or -n 100 of NetPIPE. Only those that change the traffic are allowed.
   */
  extraArgs: string[];
}
