import { parseDuration, parseSize } from '../../measure/quantity.ts';
import type { Argument, Task } from '../task.ts';
import type { RolePlan, Volume } from '../workload.ts';
import { job } from './job.ts';
import { jobArguments, jobFileText } from './job-file.ts';
import type { FioParameters } from './parameters.ts';

const port = 8765;
const readyPort = port + 1;
const folder = '/data';

/**
 * One worker runs fio itself. Several run it as servers, and a client starts them together and merges their results; where they are is told by
 * the servers' working folder, since `directory` would be the same path for all.
 */
export function plan(parameters: FioParameters): RolePlan[] {
  const { workers } = parameters;
  const worker = { name: 'worker', replicas: workers, volumes: [volume(parameters)] };
  if (workers === 1) {
    const argv = ['fio', '--output-format=json', ...jobArguments(job(parameters, 0))];
    return [{ ...worker, ends: true, task: { argv, workdir: folder, ...limit(parameters), measures: true } }];
  }
  const server: Task = {
    argv: ['fio', { address: 'self', before: { IPv4: '--server=ip:', IPv6: '--server=ip6:' }, after: `,${port}` }],
    workdir: folder,
    listens: { protocol: 'TCP', port },
    readyPort,
    measures: false,
  };
  return [
    { ...worker, ends: false, task: server },
    { name: 'client', replicas: 1, after: ['worker'], ends: true, task: client(parameters) },
  ];
}

/** Seconds of load, counted or not. */
export function expectedTime({ runtime, rampTime }: FioParameters): number {
  return parseDuration(runtime) + parseDuration(rampTime);
}

function client(parameters: FioParameters): Task {
  const numbers = Array.from({ length: parameters.workers }, (_, index) => index);
  return {
    argv: [
      'fio',
      '--output-format=json+',
      ...numbers.flatMap((index): Argument[] => [
        { address: 'worker', index, before: { IPv4: '--client=ip:', IPv6: '--client=ip6:' }, after: `,${port}` },
        jobName(index),
      ]),
    ],
    files: numbers.map((index) => ({ name: jobName(index), content: jobFileText(job(parameters, index)) })),
    waitFor: [{ role: 'worker', port: readyPort }],
    waitLimit: 120,
    ...limit(parameters),
    reconnects: 1,
    measures: true,
  };
}

function jobName(worker: number): string {
  return `worker-${worker}.fio`;
}

/** Time for the load, and to write the files at 20 MB/s at least. With a job file the amount is not known here: timeouts.running bounds it. */
function limit(parameters: FioParameters): { deadline?: number } {
  const { jobFile, size, jobs, workers } = parameters;
  if (jobFile !== undefined) return {};
  const written = parseSize(size) * jobs * workers;
  return { deadline: Math.ceil(expectedTime(parameters) + written / 20e6 + 60) };
}

function volume({ volume: given }: FioParameters): Volume {
  const place = { name: 'data', mountPath: folder };
  if (given.claimName !== undefined) return { ...place, source: { claimName: given.claimName } };
  if (given.claimTemplate !== undefined) {
    const { shared, ...claimTemplate } = given.claimTemplate;
    return { ...place, source: { claimTemplate, shared } };
  }
  return { ...place, source: { emptyDir: given.emptyDir ?? {} } };
}
