/** As in schema.yaml, defaults filled in. */
export interface IperfParameters {
  version: 2 | 3;
  duration: string;
  streams: number;
  protocol: 'TCP' | 'UDP';
  /** Of each stream; absent: as fast as possible (TCP only). */
  bitrate?: string;
  reverse: boolean;
  bidirectional: boolean;
  length?: string;
  window?: string;
  omit: string;
  port: number;
  extraArgs: string[];
}
