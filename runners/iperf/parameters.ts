// Made by scripts/generate.ts from schema.yaml, as the parameters are with their defaults; do not edit.

/**
 * Throughput between two pods, measured with iperf 3 or iperf 2. One pod serves, one connects.
 */
export interface IperfParameters {
  /**
   * Which tool. iperf 3 reports both ends; iperf 2 sends with one thread for each stream.
   */
  version: 2 | 3;
  /**
   * How long to measure, in whole seconds, such as 10s or 1m30s; up to 24 hours. Time of omit comes on top.
   */
  duration: string;
  /**
   * Parallel connections.
   */
  streams: number;
  /**
   * TCP or UDP. UDP needs bitrate.
   */
  protocol: 'TCP' | 'UDP';
  /**
   * Rate at which each stream sends, in bit/s with k, M, G or T as powers of 1000, such as 100M. 0 is as fast as possible, which is also TCP's default.
   */
  bitrate?: number | string;
  /**
   * The server sends and the client receives.
   */
  reverse: boolean;
  /**
   * Both ends send at the same time. Metrics of the way back begin with "reverse".
   */
  bidirectional: boolean;
  /**
   * Size of one write in bytes with Ki or Mi as powers of 1024; with UDP the size of a datagram's payload. Default is the tool's own.
   */
  length?: number | string;
  /**
   * Size of the socket buffers in bytes with Ki or Mi as powers of 1024, which bounds the TCP window. Default is the kernel's own tuning.
   */
  window?: number | string;
  /**
   * Time at the start that is run and not counted, so that TCP's slow start is left out, in whole seconds up to 10 minutes. iperf 3 only.
   */
  omit: string;
  /**
   * Port on which the server listens. The port after it tells that the server is ready.
   */
  port: number;
  /**
   * Further options of the client, such as --zerocopy or --congestion=bbr. Only those that change the traffic are allowed.
   */
  extraArgs: string[];
}
