import type { BenchmarkSpec } from '../../operator/api/types.ts';

/** A backend on the real cluster, and what must not be left of its runs. */
export interface BackendCase {
  backend: NonNullable<BenchmarkSpec['backend']>;
  /** Kinds of its objects, as kubectl knows them. */
  kinds: readonly string[];
  /** Whether its pods start whole or not at all. */
  gang: boolean;
  /** What its scheduler says where a pod asks for more memory than there is. */
  lacks: RegExp;
}

/** What passes the suite of backends.test.ts. */
export const backendCases: readonly BackendCase[] = [
  { backend: 'Pods', kinds: ['pods', 'pvc'], gang: false, lacks: /Insufficient memory/ },
  {
    backend: 'Volcano',
    kinds: ['pods', 'pvc', 'jobs.batch.volcano.sh', 'podgroups.scheduling.volcano.sh'],
    gang: true,
    lacks: /resource in cluster is overused|queue resource quota insufficient|Insufficient memory/,
  },
  { backend: 'JobSet', kinds: ['pods', 'pvc', 'jobs.batch', 'jobsets.jobset.x-k8s.io'], gang: false, lacks: /Insufficient memory/ },
];

const small = { resources: { requests: { cpu: '10m', memory: '32Mi' } } };

/** Runs on which every backend has to do the same. Short ones: each is run on each of them. */
export const runs = {
  pair: { iperf: { duration: '2s' }, pod: small },
  long: { iperf: { duration: '10m' }, pod: small },
  /** Its result is larger than a termination message. */
  large: { iperf: { duration: '3s', streams: 16 }, pod: small, results: { output: 'Always' } },
  /** A RAM disk that is smaller than the file. */
  failing: {
    fio: {
      rw: 'write',
      blockSize: '64Ki',
      engine: 'psync',
      direct: false,
      runtime: '5s',
      size: '64Mi',
      volume: { emptyDir: { medium: 'Memory', sizeLimit: '8Mi' } },
    },
    pod: small,
  },
  workers: { fio: { runtime: '2s', size: '8Mi', direct: false, engine: 'psync', workers: 3 }, pod: small, placement: { topology: 'Any' } },
  /** The server fits, the client fits no node. */
  tooLarge: {
    iperf: { duration: '1s' },
    pod: small,
    roles: { client: { pod: { resources: { requests: { memory: '1Ti' } } } } },
    timeouts: { pending: '15s' },
  },
} satisfies Record<string, BenchmarkSpec>;
