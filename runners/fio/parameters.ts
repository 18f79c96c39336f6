export interface FioVolume {
  emptyDir?: { sizeLimit?: string; medium?: 'Memory' };
  claimName?: string;
  claimTemplate?: { size: string; storageClassName?: string; accessMode: 'ReadWriteOnce' | 'ReadWriteMany'; shared: boolean };
}

/** As in schema.yaml, defaults filled in. */
export interface FioParameters {
  rw: 'read' | 'write' | 'randread' | 'randwrite' | 'rw' | 'randrw';
  blockSize: string;
  ioDepth: number;
  engine: 'libaio' | 'io_uring' | 'posixaio' | 'psync' | 'sync' | 'pvsync2' | 'mmap';
  jobs: number;
  /** Of each job, over all its files. */
  size: string;
  files: number;
  runtime: string;
  rampTime: string;
  direct: boolean;
  readPercent?: number;
  randomPercent?: number;
  fdatasync: number;
  thread: boolean;
  /** Of each job and direction, per second. */
  rate?: string;
  workers: number;
  volume: FioVolume;
  jobFile?: string;
  extraArgs: string[];
}
