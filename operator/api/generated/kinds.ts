// Made by scripts/generate.ts from operator/api/schema and runners/*/schema.yaml; do not edit.

import type {Metric} from '../../../measure/metric.ts';
import type {ObjectMeta} from '../../kube/object.ts';
import type {Condition} from '../condition.ts';

/**
 * Keeps processors busy with counting. Shows what CPU time a pod really gets, and makes load beside other benchmarks.
 */
export interface CpusoakerBlock {
  /**
   * Threads that count at the same time. A pod needs that many cores to run them all.
   */
  workers?: number;
  /**
   * How long to count, in units h, m, s, ms or us, such as 30s; 100 ms to 24 hours.
   */
  duration?: string;
}
/**
 * Reads and writes files on a volume with fio, from one pod or from several at once.
 */
export interface FioBlock {
  /**
   * Pattern of access. rw and randrw mix both directions, as readPercent says.
   */
  rw?: 'read' | 'write' | 'randread' | 'randwrite' | 'rw' | 'randrw';
  /**
   * Size of one request in bytes with Ki or Mi as powers of 1024; with direct a multiple of 512.
   */
  blockSize?: number | string;
  /**
   * Requests that each job keeps in flight. More than 1 needs an asynchronous engine and direct.
   */
  ioDepth?: number;
  /**
   * How requests reach the kernel. libaio, io_uring and posixaio are asynchronous; io_uring is blocked by the usual seccomp profile of containers.
   */
  engine?: 'libaio' | 'io_uring' | 'posixaio' | 'psync' | 'sync' | 'pvsync2' | 'mmap';
  /**
   * Processes (threads with thread) in each worker that do the same, each with its own files.
   */
  jobs?: number;
  /**
   * Bytes that each job works on, over all its files, with Ki, Mi, Gi or Ti as powers of 1024. Larger than memory where direct is false.
   */
  size?: number | string;
  /**
   * Files among which each job's size is divided.
   */
  files?: number;
  /**
   * How long to measure, such as 30s; 1 second to 24 hours. Writing the files beforehand and rampTime come on top.
   */
  runtime?: string;
  /**
   * Time at the start that is run and not counted, up to an hour.
   */
  rampTime?: string;
  /**
   * Go past the page cache (O_DIRECT), so that the volume is measured and not memory.
   */
  direct?: boolean;
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
  fdatasync?: number;
  /**
   * Jobs are threads of one process instead of processes.
   */
  thread?: boolean;
  /**
   * Limit of each job and direction in bytes per second with Ki, Mi or Gi as powers of 1024.
   */
  rate?: number | string;
  /**
   * Pods that do the same at the same time. With more than one, each runs fio as a server and a client merges their results.
   */
  workers?: number;
  /**
   * Where the files are. Exactly one of the fields.
   */
  volume?: {
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
      accessMode?: 'ReadWriteOnce' | 'ReadWriteMany';
      /**
       * One claim for all workers, which needs ReadWriteMany.
       */
      shared?: boolean;
    };
  };
  /**
   * Sections of a fio job file in place of the one job that the parameters describe. The parameters stay as its [global] section, so that what the file does not set comes from them. The sections run together and are reported as one group.
   */
  jobFile?: string;
  /**
   * Further job options of fio as --option=value, such as --buffer_compress_percentage=50. Only those that change the load are allowed.
   */
  extraArgs?: string[];
}
/**
 * Throughput between two pods, measured with iperf 3 or iperf 2. One pod serves, one connects.
 */
export interface IperfBlock {
  /**
   * Which tool. iperf 3 reports both ends; iperf 2 sends with one thread for each stream.
   */
  version?: 2 | 3;
  /**
   * How long to measure, in whole seconds, such as 10s or 1m30s; up to 24 hours. Time of omit comes on top.
   */
  duration?: string;
  /**
   * Parallel connections.
   */
  streams?: number;
  /**
   * TCP or UDP. UDP needs bitrate.
   */
  protocol?: 'TCP' | 'UDP';
  /**
   * Rate at which each stream sends, in bit/s with k, M, G or T as powers of 1000, such as 100M. 0 is as fast as possible, which is also TCP's default.
   */
  bitrate?: number | string;
  /**
   * The server sends and the client receives.
   */
  reverse?: boolean;
  /**
   * Both ends send at the same time. Metrics of the way back begin with "reverse".
   */
  bidirectional?: boolean;
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
  omit?: string;
  /**
   * Port on which the server listens. The port after it tells that the server is ready.
   */
  port?: number;
  /**
   * Further options of the client, such as --zerocopy or --congestion=bbr. Only those that change the traffic are allowed.
   */
  extraArgs?: string[];
}
/**
 * Time and bandwidth of messages between the ranks of an MPI program by message size, measured with the Intel MPI Benchmarks or NetPIPE.
 */
export interface MpiPingPongBlock {
  /**
   * IMB has many patterns of communication and runs under Intel MPI, on x86_64 only. NetPIPE has the ping-pong and runs under Open MPI, on every processor.
   */
  tool?: 'IMB' | 'NetPIPE';
  /**
   * What is measured, in this order; the first gives the metrics, all are in the series. NetPIPE has pingpong alone.
   */
  benchmarks?: (
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
  maxMessageLog?: number;
  /**
   * What messages between nodes go over. RDMA needs a card in the pods and the capability IPC_LOCK.
   */
  transport?: 'TCP' | 'RDMA';
  /**
   * Pods, each on a node of its own.
   */
  nodes?: number;
  /**
   * Ranks in each pod. Neighbouring ranks are in different pods, so that a pair always talks over the network.
   */
  processesPerNode?: number;
  /**
   * Port on which the workers serve the launcher. The port after it tells that they do.
   */
  port?: number;
  /**
   * Further options of the tool, such as -iter 500 of IMB or -n 100 of NetPIPE. Only those that change the traffic are allowed.
   */
  extraArgs?: string[];
}
/**
 * Solves the flow in a cube whose lid moves (lid-driven cavity in 3-D) with icoFoam of OpenFOAM, on one node or several.
 */
export interface OpenFoamBlock {
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
  steps?: number;
  /**
   * How the pressure is solved. DICPCG is conjugate gradients preconditioned by incomplete Cholesky factors, GAMG multigrid, GAMGPCG conjugate gradients preconditioned by multigrid.
   */
  solver?: 'DICPCG' | 'GAMG' | 'GAMGPCG';
  /**
   * Iterations of the pressure solver in each correction, always as many, so that each step is the same work. Without it the solver goes on to a residual of 1e-6.
   */
  iterations?: number;
  /**
   * MPI ranks in all, the same number on each node. With 1, OpenFOAM runs without MPI.
   */
  processes?: number;
  /**
   * Pods that the ranks are spread over, each on a node of its own.
   */
  nodes?: number;
  /**
   * What carries the messages between nodes. RDMA takes UCX and needs an RDMA device in the pods.
   */
  transport?: 'TCP' | 'RDMA';
  /**
   * Port on which the workers wait for the launcher. The port after it tells that they are ready.
   */
  port?: number;
}
/**
 * Trains or evaluates a neural network with PyTorch, on the CPU or on GPUs. Weights and data are random; nothing is downloaded.
 */
export interface PyTorchBlock {
  /**
   * alexnet and resnet50 classify images of 3 x 224 x 224; llama is a small language model on sequences of 256 tokens.
   */
  model?: 'alexnet' | 'resnet50' | 'llama';
  /**
   * An iteration of eval is the way forward; one of train is forward, backward and the step of the optimizer.
   */
  mode?: 'train' | 'eval';
  /**
   * Where the model runs. CUDA uses all GPUs that the pod's limit of nvidia.com/gpu gives it.
   */
  device?: 'CPU' | 'CUDA';
  /**
   * FP32 is float32 throughout; TF32 lets the GPU's matrix units round factors to 10 bits; BF16 computes in bfloat16 where that is safe.
   */
  precision?: 'FP32' | 'TF32' | 'BF16';
  /**
   * Images or sequences of an iteration, over all GPUs, which share them evenly.
   */
  batchSize?: number;
  /**
   * How many are measured.
   */
  iterations?: number;
  /**
   * How many are run before and not counted.
   */
  warmupIterations?: number;
  /**
   * Threads of the CPU; by default as many as the pod's CPU limit lets run at once.
   */
  threads?: number;
}
/**
 * Bandwidth of RDMA between two pods, measured with ib_read_bw, ib_write_bw or ib_send_bw of perftest. One pod serves, one connects.
 */
export interface RdmaBandwidthBlock {
  /**
   * Who moves the data. With read and write the client does it alone in the server's memory; with send both ends take part.
   */
  mode?: 'read' | 'write' | 'send';
  /**
   * Bytes of a message, with Ki or Mi as powers of 1024. Without it all powers of 2 from 2 to 8Mi are measured in turn.
   */
  messageSize?: number | string;
  /**
   * Messages of each size on each queue pair; 1000 where neither this nor duration is given.
   */
  iterations?: number;
  /**
   * How long to measure instead, in whole seconds, such as 10s or 1m30s; up to 24 hours. Needs messageSize.
   */
  duration?: string;
  /**
   * Connections that are used at the same time.
   */
  queuePairs?: number;
  /**
   * RDMA device of both ends, as ibv_devices shows it. Without it perftest takes the first.
   */
  device?: string;
  /**
   * RDMA devices by role, where the ends differ; they come before device.
   */
  devices?: {
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
  rdmaCM?: boolean;
  /**
   * Transport of the queue pairs. RC is reliable; UC is not and does not read; UD has datagrams of at most one packet and only sends.
   */
  connection?: 'RC' | 'UC' | 'UD';
  /**
   * Port on which the server listens. The port after it tells that the server is ready.
   */
  port?: number;
  /**
   * Further options of both ends, such as --gid-index=3 or --tx-depth=256. Only those that change the traffic are allowed.
   */
  extraArgs?: string[];
}
/**
 * Latency of RDMA between two pods, measured with ib_read_lat, ib_write_lat or ib_send_lat of perftest. One pod serves, one connects.
 */
export interface RdmaLatencyBlock {
  /**
   * Who moves the data. With read and write the client does it alone in the server's memory; with send both ends take part.
   */
  mode?: 'read' | 'write' | 'send';
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
  devices?: {
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
  rdmaCM?: boolean;
  /**
   * Transport of the queue pairs. RC is reliable; UC is not and does not read; UD has datagrams of at most one packet and only sends.
   */
  connection?: 'RC' | 'UC' | 'UD';
  /**
   * Port on which the server listens. The port after it tells that the server is ready.
   */
  port?: number;
  /**
   * Further options of both ends, such as --gid-index=3 or --inline_size=64. Only those that change the traffic are allowed.
   */
  extraArgs?: string[];
}
/**
 * Waits. The smallest workload; shows what Assay itself costs, and holds a place while something else is measured.
 */
export interface SleepBlock {
  /**
   * How long to wait, in units h, m, s, ms or us, such as 1m30s; up to 24 hours.
   */
  duration?: string;
}
/**
 * The network that the run's pods use.
 */
export interface Network {
  /**
   * Use the node's own network instead of the pod network. Needs the policy's permission.
   */
  host?: boolean;
  /**
   * A Multus attachment, as name (of the same namespace) or namespace/name. It replaces the pods' default network unless interface is set.
   */
  name?: string;
  /**
   * The attachment becomes a further interface of this name in every pod, and the traffic goes over it.
   */
  interface?: string;
  /**
   * Family of the addresses on which the pods listen and to which they connect. Without it the pods' first address counts.
   */
  ipFamily?: 'IPv4' | 'IPv6';
  /**
   * Largest packet in bytes that the pods' interface and the path between them must take. Otherwise the run fails with MTUMismatch.
   */
  mtu?: number;
}
/**
 * A taint that the pods put up with, as in a pod.
 */
export interface Toleration {
  key?: string;
  operator?: 'Exists' | 'Equal';
  /**
   * A label's value.
   */
  value?: string;
  effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
  /**
   * How long a NoExecute taint is put up with, in seconds.
   */
  tolerationSeconds?: number;
}
/**
 * One requirement of a node.
 */
export interface NodeRequirement {
  key: string;
  operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';
  values?: string[];
}
/**
 * Labels and fields of nodes; all of it must match.
 */
export interface NodeSelectorTerm {
  matchExpressions?: NodeRequirement[];
  matchFields?: NodeRequirement[];
}
/**
 * Which labels; all of it must match.
 */
export interface LabelSelector {
  matchLabels?: {
    /**
     * A label's value.
     */
    [k: string]: string;
  };
  matchExpressions?: {
    key: string;
    operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    /**
     * Items: A label's value.
     */
    values?: string[];
  }[];
}
/**
 * Pods, and how far from them.
 */
export interface PodAffinityTerm {
  /**
   * The node label whose value says what counts as one place, such as kubernetes.io/hostname.
   */
  topologyKey: string;
  labelSelector?: LabelSelector;
  namespaceSelector?: LabelSelector;
  /**
   * Items: A name of a-z, 0-9 and "-".
   */
  namespaces?: string[];
}
/**
 * Beside which pods to run, or not to run.
 */
export interface PodAffinity {
  requiredDuringSchedulingIgnoredDuringExecution?: PodAffinityTerm[];
  preferredDuringSchedulingIgnoredDuringExecution?: {
    /**
     * How much this counts beside other preferences.
     */
    weight: number;
    podAffinityTerm: PodAffinityTerm;
  }[];
}
/**
 * The pods' affinity, as in a pod; it is asked for beside what topology and nodes need.
 */
export interface Affinity {
  /**
   * Which nodes.
   */
  nodeAffinity?: {
    /**
     * A node must match one of the terms.
     */
    requiredDuringSchedulingIgnoredDuringExecution?: {
      nodeSelectorTerms: NodeSelectorTerm[];
    };
    /**
     * Nodes that match are preferred by weight.
     */
    preferredDuringSchedulingIgnoredDuringExecution?: {
      /**
       * How much this counts beside other preferences.
       */
      weight: number;
      preference: NodeSelectorTerm;
    }[];
  };
  podAffinity?: PodAffinity;
  podAntiAffinity?: PodAffinity;
}
/**
 * Where the pods run, and what may run beside them.
 */
export interface Placement {
  /**
   * How the pods are spread over nodes. The workload decides where it is not set.
   */
  topology?: 'SameNode' | 'DifferentNodes' | 'OnePerNode' | 'Any';
  /**
   * What no other benchmark may share meanwhile. None lets benchmarks disturb each other.
   */
  exclusive?: 'None' | 'Node' | 'Namespace' | 'Cluster';
  /**
   * Node by role, such as server and client of iperf.
   */
  nodes?: {
    /**
     * A name of a-z, 0-9, "-" and ".".
     */
    [k: string]: string;
  };
  /**
   * Labels that a node must have.
   */
  nodeSelector?: {
    /**
     * A label's value.
     */
    [k: string]: string;
  };
  /**
   * Taints that the pods put up with. Without a word about node.kubernetes.io/not-ready and unreachable, pods leave such a node after 30 s.
   */
  tolerations?: Toleration[];
  affinity?: Affinity;
}
/**
 * What each pod asks for and may use at most, in Kubernetes' quantities (CPUs, bytes).
 */
export interface Resources {
  requests?: {
    /**
     * A Kubernetes quantity, such as 500m (half a CPU), 2 or 4Gi.
     */
    [k: string]: number | string;
  };
  limits?: {
    /**
     * A Kubernetes quantity, such as 500m (half a CPU), 2 or 4Gi.
     */
    [k: string]: number | string;
  };
}
/**
 * A variable; the value is passed as it is, references are not expanded.
 */
export interface EnvironmentVariable {
  /**
   * Letters, digits and "_". Names that begin with ASSAY_ are the agent's own.
   */
  name: string;
  value: string;
}
/**
 * Laid over the container's security context, which is the restricted one. More rights need the policy's permission.
 */
export interface SecurityContext {
  /**
   * Numeric user.
   */
  runAsUser?: number;
  /**
   * Numeric group.
   */
  runAsGroup?: number;
  runAsNonRoot?: boolean;
  readOnlyRootFilesystem?: boolean;
  allowPrivilegeEscalation?: boolean;
  privileged?: boolean;
  capabilities?: {
    /**
     * Items: A Linux capability without CAP_, such as IPC_LOCK, or ALL.
     */
    add?: string[];
    /**
     * Items: A Linux capability without CAP_, such as IPC_LOCK, or ALL.
     */
    drop?: string[];
  };
  seccompProfile?: {
    type: 'RuntimeDefault' | 'Localhost' | 'Unconfined';
    localhostProfile?: string;
  };
}
/**
 * A volume and its place in the container; exactly one source.
 */
export interface PodVolume {
  /**
   * A name of a-z, 0-9 and "-".
   */
  name: string;
  /**
   * Absolute path in the container. /tmp and paths below /app and /assay are the agent's own, and it needs those of the system.
   */
  mountPath: string;
  readOnly?: boolean;
  /**
   * A relative path inside the volume.
   */
  subPath?: string;
  emptyDir?: {
    medium?: 'Memory';
    /**
     * A Kubernetes quantity, such as 500m (half a CPU), 2 or 4Gi.
     */
    sizeLimit?: number | string;
  };
  configMap?: {
    /**
     * A name of a-z, 0-9, "-" and ".".
     */
    name: string;
    optional?: boolean;
  };
  secret?: {
    /**
     * A name of a-z, 0-9, "-" and ".".
     */
    secretName: string;
    optional?: boolean;
  };
  persistentVolumeClaim?: {
    /**
     * A name of a-z, 0-9, "-" and ".".
     */
    claimName: string;
    readOnly?: boolean;
  };
  /**
   * A folder of the node. Needs the policy's permission.
   */
  hostPath?: {
    path: string;
    type?: 'DirectoryOrCreate' | 'Directory' | 'FileOrCreate' | 'File' | 'Socket' | 'CharDevice' | 'BlockDevice';
  };
}
/**
 * Options of every pod of the run.
 */
export interface PodOptions {
  /**
   * Runs instead of the workload's own image; it must hold the agent and the tool.
   */
  image?: string;
  /**
   * When the node pulls the image. Kubernetes decides by the tag where it is not set.
   */
  imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
  /**
   * Secrets of the namespace with the registry's credentials.
   */
  imagePullSecrets?: {
    /**
     * A name of a-z, 0-9, "-" and ".".
     */
    name: string;
  }[];
  resources?: Resources;
  /**
   * Environment of the tool.
   */
  env?: EnvironmentVariable[];
  /**
   * Labels. Those below assay.dev/ are the operator's own.
   */
  labels?: {
    /**
     * A label's value.
     */
    [k: string]: string;
  };
  /**
   * Annotations. Those below assay.dev/ are the operator's own.
   */
  annotations?: {
    [k: string]: string;
  };
  securityContext?: SecurityContext;
  /**
   * Volumes beside those of the workload, and where they are mounted.
   */
  volumes?: PodVolume[];
  /**
   * Runs the pods under this account; its token is mounted only then. Needs the policy's permission.
   */
  serviceAccountName?: string;
}
/**
 * Options of one role's pods.
 */
export interface RoleOptions {
  pod?: PodOptions;
}
/**
 * Limits of the waits; past one of them the attempt fails and says what it waited for.
 */
export interface Timeouts {
  /**
   * From the attempt's start until all pods run, as 5m or 90s.
   */
  pending?: string;
  /**
   * From then until the result is there, as 30m or 2h.
   */
  running?: string;
}
/**
 * What is removed after the end. The Benchmark itself stays.
 */
export interface Cleanup {
  /**
   * When the pods and claims of a finished run are deleted.
   */
  pods?: 'Always' | 'OnSuccess' | 'Never';
  /**
   * How long they stay before that, as 10m.
   */
  ttlAfterFinished?: string;
}
/**
 * What is kept beside the metrics.
 */
export interface Results {
  /**
   * When the tool's raw output is kept.
   */
  output?: 'Never' | 'OnFailure' | 'Always';
  /**
   * Keep the results ConfigMap when the object that it belongs to is deleted.
   */
  retain?: boolean;
}
/**
 * What to run. Immutable once accepted, but for suspend, cancel, cleanup and timeouts.
 */
export interface BenchmarkSpec {
  cpusoaker?: CpusoakerBlock;
  fio?: FioBlock;
  iperf?: IperfBlock;
  mpiPingPong?: MpiPingPongBlock;
  openFoam?: OpenFoamBlock;
  pyTorch?: PyTorchBlock;
  rdmaBandwidth?: RdmaBandwidthBlock;
  rdmaLatency?: RdmaLatencyBlock;
  sleep?: SleepBlock;
  network?: Network;
  placement?: Placement;
  /**
   * What the pods are made by; Volcano and JobSet have to be installed.
   */
  backend?: 'Pods' | 'Volcano' | 'JobSet';
  /**
   * Volcano queue or Kueue LocalQueue.
   */
  queue?: string;
  /**
   * Scheduler of the pods; the cluster's default where it is not set.
   */
  schedulerName?: string;
  /**
   * Priority class of the pods.
   */
  priorityClassName?: string;
  /**
   * Runtime class of the pods.
   */
  runtimeClassName?: string;
  pod?: PodOptions;
  /**
   * Options of the pods of one role, such as server; merged over pod.
   */
  roles?: {
    [k: string]: RoleOptions;
  };
  timeouts?: Timeouts;
  /**
   * How often a failed run is tried again, each time as an attempt with its own record.
   */
  retries?: number;
  /**
   * Do not start, or stop and delete the pods; false resumes with a new attempt.
   */
  suspend?: boolean;
  /**
   * End for good, with reason Cancelled.
   */
  cancel?: boolean;
  cleanup?: Cleanup;
  results?: Results;
  [k: string]: unknown;
}
/**
 * One try of the run.
 */
export interface Attempt {
  /**
   * From 0.
   */
  index: number;
  startedAt?: string;
  finishedAt?: string;
  outcome?: 'Succeeded' | 'Failed' | 'Cancelled' | 'Suspended';
  reason?: string;
  message?: string;
  pods: {
    name: string;
    role: string;
    node?: string;
    ip?: string;
  }[];
}
/**
 * What the operator saw. Written by it alone; its texts are unbounded here because a bound could only make a write fail.
 */
export interface BenchmarkStatus {
  /**
   * The generation of the spec that this status speaks of.
   */
  observedGeneration?: number;
  /**
   * The conditions in one word, for people.
   */
  phase?: 'Pending' | 'Preparing' | 'Running' | 'Collecting' | 'Succeeded' | 'Failed' | 'Cancelled' | 'Suspended';
  /**
   * Name of the workload's block.
   */
  workload?: string;
  /**
   * The headline metric, such as 23.4 Gbit/s.
   */
  summary?: string;
  /**
   * Accepted, Complete, Failed, Suspended, Passed, Reconciling and Stalled.
   */
  conditions?: Condition[];
  /**
   * The figures of the attempt that succeeded.
   *
   * Items: One figure of the run in an SI base unit.
   */
  metrics?: Metric[];
  /**
   * Doubts about the figures, each with what to change.
   */
  warnings?: string[];
  /**
   * From the first tool's start to the last one's end, taken in the pods, to the microsecond.
   */
  window?: {
    startedAt: string;
    finishedAt: string;
  };
  /**
   * Every try, each with its own record.
   */
  attempts?: Attempt[];
  /**
   * Where the results are.
   */
  resultsRef?: {
    kind: 'ConfigMap';
    name: string;
  };
}
/**
 * One run of one workload.
 */
export interface Benchmark {
  apiVersion: 'assay.dev/v1alpha1';
  kind: 'Benchmark';
  metadata: ObjectMeta;
  spec: BenchmarkSpec;
  status?: BenchmarkStatus;
}
/**
 * Pairs of the cluster's nodes as an axis of the product. Nodes are chosen once, when the set starts, and kept in status.nodes; those that take no pod are left out.
 */
export interface MatrixNodes {
  /**
   * Where a cell's spec names its nodes by role.
   */
  path?: string;
  /**
   * The two roles that get a node each.
   *
   * Items: A name of a-z, 0-9 and "-".
   */
  roles?: string[];
  selector?: LabelSelector;
  /**
   * Ordered has a pair of nodes both ways round, Unordered once.
   */
  pairs?: 'Ordered' | 'Unordered';
}
/**
 * The cells of the sweep. Keys are dotted paths into the template's spec, such as iperf.streams; null unsets.
 */
export interface Matrix {
  /**
   * Every combination of these values, the last path fastest.
   */
  product?: {
    /**
     * Items: Any value that the path may have; null unsets it.
     */
    [k: string]: unknown[];
  };
  nodes?: MatrixNodes;
  /**
   * Further cells, after those of the product.
   *
   * Items: Values by path.
   */
  explicit?: {
    /**
     * Any value that the path may have; null unsets it.
     */
    [k: string]: unknown;
  }[];
  /**
   * Cells to leave out; those with all these values.
   *
   * Items: Values by path.
   */
  exclude?: {
    /**
     * Any value that the path may have; null unsets it.
     */
    [k: string]: unknown;
  }[];
}
/**
 * A sweep of runs. Immutable once accepted, but for suspend and cancel.
 */
export interface BenchmarkSetSpec {
  /**
   * What all members have in common.
   */
  template: {
    /**
     * Labels and annotations of the members.
     */
    metadata?: {
      /**
       * Labels. Those below assay.dev/ are the operator's own.
       */
      labels?: {
        /**
         * A label's value.
         */
        [k: string]: string;
      };
      /**
       * Annotations. Those below assay.dev/ are the operator's own.
       */
      annotations?: {
        [k: string]: string;
      };
    };
    /**
     * A Benchmark's spec. What is missing here may come from the matrix; each member is checked as a whole before the first starts.
     */
    spec: BenchmarkSpec;
  };
  matrix?: Matrix;
  /**
   * Counted runs of each cell.
   */
  repetitions?: number;
  /**
   * Runs of each cell before those, which are not counted.
   */
  warmup?: number;
  /**
   * Interleaved runs every cell once before any is repeated, Random shuffles all runs by seed, Sequential ends one cell before the next.
   */
  order?: 'Interleaved' | 'Random' | 'Sequential';
  /**
   * Makes a random order repeatable; chosen and written into status where it is not set.
   */
  seed?: number;
  /**
   * Members at once.
   */
  parallelism?: number;
  /**
   * More failed members than this, as a number or a percentage of all, stop the set. No limit where it is not set.
   */
  failureBudget?: number | string;
  /**
   * Start no further member and suspend those that run; false goes on.
   */
  suspend?: boolean;
  /**
   * End for good; members that run are cancelled, results of the others are kept.
   */
  cancel?: boolean;
  results?: Results;
}
/**
 * What the operator saw; recomputed from the members at every pass.
 */
export interface BenchmarkSetStatus {
  /**
   * The generation of the spec that this status speaks of.
   */
  observedGeneration?: number;
  /**
   * The conditions in one word, for people.
   */
  phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Cancelled' | 'Suspended';
  /**
   * Accepted, Complete, Failed, Suspended, Passed, Reconciling and Stalled.
   */
  conditions?: Condition[];
  startedAt?: string;
  finishedAt?: string;
  estimatedFinish?: string;
  seed?: number;
  /**
   * The nodes of matrix.nodes, chosen before the first member was made.
   */
  nodes?: string[];
  /**
   * Finished members of all, such as 12/40.
   */
  progress?: string;
  /**
   * Numbers of members by phase, warm-up runs included.
   */
  members?: {
    total: number;
    pending: number;
    running: number;
    succeeded: number;
    failed: number;
    cancelled: number;
  };
  /**
   * Numbers of cells; decided are those with all their runs done.
   */
  cells?: {
    total: number;
    decided: number;
  };
  /**
   * The outcome in a line.
   */
  summary?: string;
  /**
   * Where the results are.
   */
  resultsRef?: {
    kind: 'ConfigMap';
    name: string;
  };
}
/**
 * A sweep of Benchmarks over a matrix of values, with repetitions and one table of results.
 */
export interface BenchmarkSet {
  apiVersion: 'assay.dev/v1alpha1';
  kind: 'BenchmarkSet';
  metadata: ObjectMeta;
  spec: BenchmarkSetSpec;
  status?: BenchmarkSetStatus;
}
