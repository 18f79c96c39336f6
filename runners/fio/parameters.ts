// Made by scripts/generate.ts from schema.yaml, as the parameters are with their defaults; do not edit.

/**
 * Reads and writes files on a volume with fio, from one pod or from several at once.
 */
export interface FioParameters {
  /**
   * Pattern of access. rw and randrw mix both directions, as readPercent says.
   */
  rw: 'read' | 'write' | 'randread' | 'randwrite' | 'rw' | 'randrw';
  /**
   * Size of one request in bytes with Ki or Mi as powers of 1024; with direct a multiple of 512.
   */
  blockSize: number | string;
  /**
   * Requests that each job keeps in flight. More than 1 needs an asynchronous engine and direct.
   */
  ioDepth: number;
  /**
   * How requests reach the kernel. libaio, io_uring and posixaio are asynchronous; io_uring is blocked by the usual seccomp profile of containers.
   */
  engine: 'libaio' | 'io_uring' | 'posixaio' | 'psync' | 'sync' | 'pvsync2' | 'mmap';
  /**
   * Processes (threads with thread) in each worker that do the same, each with its own files.
   */
  jobs: number;
  /**
   * Bytes that each job works on, over all its files, with Ki, Mi, Gi or Ti as powers of 1024. Larger than memory where direct is false.
   */
  size: number | string;
  /**
   * Files among which each job's size is divided.
   */
  files: number;
  /**
   * How long to measure, such as 30s; 1 second to 24 hours. Writing the files beforehand and rampTime come on top.
   */
  runtime: string;
  /**
   * Time at the start that is run and not counted, up to an hour.
   */
  rampTime: string;
  /**
   * Go past the page cache (O_DIRECT), so that the volume is measured and not memory.
   */
  direct: boolean;
  /**
   * Percentage of reads in rw and randrw; fio's own default is 50.
   */
  readPercent?: number;
  /**
   * Percentage of requests at random places in randread, randwrite and randrw; the others are sequential.
   */
  randomPercent?: number;
  /**
   * Calls fdatasync after so many writes; 0 is never.
   */
  fdatasync: number;
  /**
   * Jobs are threads of one process instead of processes.
   */
  thread: boolean;
  /**
   * Limit of each job and direction in bytes per second with Ki, Mi or Gi as powers of 1024.
   */
  rate?: number | string;
  /**
   * Pods that do the same at the same time. With more than one, each runs fio as a server and a client merges their results.
   */
  workers: number;
  /**
   * Where the files are. Exactly one of the fields.
   */
  volume: {
    /**
     * A folder on the pod's node; medium Memory is a RAM disk.
     */
    emptyDir?: {
      /**
       * Kubernetes quantity; the pod is evicted when it uses more.
       */
      sizeLimit?: string;
      medium?: 'Memory';
    };
    /**
     * A PersistentVolumeClaim that exists. With several workers all of them use it, so it must be ReadWriteMany or all must be on one node.
     */
    claimName?: string;
    /**
     * A claim made for this run and deleted after it, one for each worker or one shared by all.
     */
    claimTemplate?: {
      /**
       * Kubernetes quantity.
       */
      size: string;
      /**
       * Default is the cluster's default class.
       */
      storageClassName?: string;
      accessMode: 'ReadWriteOnce' | 'ReadWriteMany';
      /**
       * One claim for all workers, which needs ReadWriteMany.
       */
      shared: boolean;
    };
  };
  /**
   * Sections of a fio job file in place of the one job that the parameters describe. The parameters stay as its [global] section, so that what the file does not set comes from them. The sections run together and are reported as one group.
   */
  jobFile?: string;
  /**
   * Further job options of fio as --option=value, such as --buffer_compress_percentage=50. Only those that change the load are allowed.
   */
  extraArgs: string[];
}
