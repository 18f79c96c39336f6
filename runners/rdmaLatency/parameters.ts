// Made by scripts/generate.ts from schema.yaml, as the parameters are with their defaults; do not edit.

/**
 * Latency of RDMA between two pods, measured with ib_read_lat, ib_write_lat or ib_send_lat of perftest. One pod serves, one connects.
 */
export interface RdmaLatencyParameters {
  /**
   * Who moves the data. With read and write the client does it alone in the server's memory; with send both ends take part.
   */
  mode: 'read' | 'write' | 'send';
  /**
   * Bytes of a message, with Ki or Mi as powers of 1024. Without it all powers of 2 from 2 to 8Mi are measured in turn.
   */
  messageSize?: number | string;
  /**
   * Messages of each size; 1000 where neither this nor duration is given.
   */
  iterations?: number;
  /**
   * How long to measure instead, in whole seconds, such as 10s or 1m30s; up to 24 hours. Needs messageSize.
   */
  duration?: string;
  /**
   * RDMA device of both ends, as ibv_devices shows it. Without it perftest takes the first.
   */
  device?: string;
  /**
   * RDMA devices by role, where the ends differ; they come before device.
   */
  devices: {
    /**
     * Device of the server.
     */
    server?: string;
    /**
     * Device of the client.
     */
    client?: string;
  };
  /**
   * Whether the ends connect through the RDMA connection manager. Without it they exchange their addresses over TCP, which RoCE then often needs --gid-index for.
   */
  rdmaCM: boolean;
  /**
   * Transport of the queue pairs. RC is reliable; UC is not and does not read; UD has datagrams of at most one packet and only sends.
   */
  connection: 'RC' | 'UC' | 'UD';
  /**
   * Port on which the server listens. The port after it tells that the server is ready.
   */
  port: number;
  /**
   * Further options of both ends, such as --gid-index=3 or --inline_size=64. Only those that change the traffic are allowed.
   */
  extraArgs: string[];
}
