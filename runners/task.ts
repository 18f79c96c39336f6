import type { Family } from './family.ts';

/**
 * One element of a command line. Text is passed as it is; an address is filled in by the agent, which alone knows
 * its peers: `address` names a role, or `self` for the pod's own address. `familyOf` names one, too; the element is what stands under
 * its address' family, and is left out where there is none. `hosts` names roles (or `self`) all of whose
 * addresses become one element, in order, each with `after` behind it; `hyphens` writes IPv6 addresses with hyphens for colons, where a
 * colon would mean something else. `interfaceOf` is the network interface that has the pod's own address. `script` is a program of ours,
 * a path below `runners/`, run by the agent's own Node when it follows 'node'.
 */
export type Argument =
  | string
  | { address: string; index?: number; before?: string | Record<Family, string>; after?: string }
  | ({ familyOf: string } & Partial<Record<Family, string>>)
  | { hosts: string[]; after?: string; separator: string; hyphens?: true }
  | { interfaceOf: 'self' }
  | { script: string };

/** A port the tool listens on; the agent sees it in the kernel's socket table, so nothing connects to the tool itself. */
export interface Listener {
  protocol: 'TCP' | 'UDP';
  port: number;
}

/** What one container has to do. The same for all replicas of a role. */
export interface Task {
  argv: Argument[];
  env?: Record<string, Argument>;
  /** Gives the tool the token of the run in ASSAY_TOKEN, by which the programs of one run know each other. */
  usesToken?: true;
  /** Written into `workdir` before the tool starts; `name` is a plain file name. Elements of a content stand one behind the other. */
  files?: { name: string; content: string | Argument[] }[];
  /** Absolute path inside the container where the tool runs; default is a scratch folder. */
  workdir?: string;
  /** Set for servers: once the tool listens, the agent accepts connections on `readyPort`. */
  listens?: Listener;
  readyPort?: number;
  /** For servers that no socket table shows, as those of the RDMA connection manager: what the tool prints once it listens. */
  says?: string;
  /** Roles that must be ready (their `readyPort` accepts) before the tool starts. */
  waitFor?: { role: string; port: number }[];
  /** Seconds for the wait above. */
  waitLimit?: number;
  /** Seconds the tool may run; the agent stops it then with reason ToolTimeout. Servers have none. */
  deadline?: number;
  /** Tool runs repeated inside the attempt when the parser says `PeerUnreachable`; default 0. */
  reconnects?: number;
  /** False for servers: they end by being stopped, and their output is no result. */
  measures: boolean;
}

/** The whole message to an agent: its task, who it is, who its peers are. JSON in the environment variable ASSAY_TASK. */
export interface Assignment {
  version: 1;
  workload: string;
  role: string;
  parameters: object;
  task: Task;
  /** Addresses by role, in order of replica index. Absent when the agent gets them from `peersFile`. */
  peers?: Record<string, string[]>;
  /** Absolute path of a PeersFile that comes once all addresses are known, and how many seconds to wait for it. */
  peersFile?: { path: string; limit: number };
  /** Family of the addresses, which the pod's own has to be of; any where it is absent. */
  ipFamily?: Family;
  /** The interface whose address is the pod's own, and by which peers are reached; the default network's where it is absent. */
  interface?: string;
  /** Bytes that a packet on that interface and on the way to the peers may have, and must be able to have. */
  mtu?: number;
  /** Key of the result frame's HMAC, hexadecimal; never given to the tool. */
  key: string;
  /** The token of the run, hexadecimal: the same for all pods of an attempt. There when the task uses it. */
  token?: string;
  /** When the tool's raw output goes into the record. */
  output: 'Never' | 'OnFailure' | 'Always';
}

/** What pods that start before their peers have addresses find in their `peersFile` later: JSON, empty until then. */
export interface PeersFile {
  version: 1;
  /** As in Assignment. */
  peers: Record<string, string[]>;
}
