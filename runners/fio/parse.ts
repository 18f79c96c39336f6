import { parseDuration } from '../../measure/quantity.ts';
import { at, listAt, numberAt, textAt, wholeDocument } from '../document.ts';
import { figures } from '../figures.ts';
import type { Refusal } from '../ending.ts';
import { failedTool, lastWords, refuse } from '../ending.ts';
import type { Parsed, ToolOutput } from '../workload.ts';
import { directionFigures } from './direction.ts';
import type { Group } from './direction.ts';
import { directions, metrics } from './metrics.ts';
import type { Direction } from './metrics.ts';
import type { FioParameters } from './parameters.ts';

const unreachable = /failed to connect|connect: |Connection refused/i;
const merge = 'All clients';

/**
 * Reads fio's json or json+, of a local run (`jobs`) or of a client with servers (`client_stats`). fio exits with 0 when a server is missing
 * or refuses its job, so a result is good when every worker is in it without an error, ran its time, and the sums agree.
 */
export function parseFio(output: ToolOutput, parameters?: FioParameters): Parsed {
  const said = lastWords(output.stderr);
  if (unreachable.test(said)) return refuse('PeerUnreachable', said);
  const read = wholeDocument('fio', output.stdout);
  if (!read.ok) return stopped(output.stdout) ?? failedTool('fio', output) ?? (said === '' ? read : refuse('ToolFailed', said));
  const { document, before } = read;
  const entries = listAt(document, at(document, 'client_stats') === undefined ? 'jobs' : 'client_stats');
  const workers = entries.filter((entry) => at(entry, 'jobname') !== merge);
  const failure =
    stopped(before) ??
    failedJob(entries, said || lastWords(before)) ??
    failedTool('fio', output) ??
    missingWorker(document, entries, workers, parameters) ??
    shortRun(document, workers, parameters);
  if (failure) return failure;

  const values: Record<string, number | undefined> = {};
  const warnings: string[] = [];
  for (const direction of directions) {
    const group = groupOf(document, entries, workers, direction);
    if (group === undefined) continue;
    const found = 'reason' in group ? group : directionFigures(group, direction);
    if ('reason' in found) return found;
    Object.assign(values, found.values);
    if (found.warning !== undefined) warnings.push(found.warning);
  }
  if (Object.keys(values).length === 0) return refuse('OutputUnparsable', 'fio read and wrote nothing');
  const toolVersion = textAt(document, 'fio version');
  return { ok: true, metrics: figures(metrics, values), warnings, ...(toolVersion === undefined ? {} : { toolVersion }) };
}

function stopped(text: string): Refusal | undefined {
  const signal = /^fio: terminating on signal (\d+)/m.exec(text)?.[1];
  if (signal !== undefined) return refuse('Interrupted', `fio was stopped by signal ${signal} before the end of the run`);
  const lost = /^client: host=\S* disconnected/m.exec(text)?.[0];
  return lost === undefined ? undefined : refuse('ToolFailed', `a worker was lost in mid-run: ${lost}`);
}

function failedJob(entries: readonly unknown[], said: string): Refusal | undefined {
  const because = said === '' ? '' : `: ${said}`;
  if (entries.length === 0) return refuse('ToolFailed', `fio ran no job${because}`);
  const failed = entries.find((entry) => numberAt(entry, 'error') !== 0);
  if (failed === undefined) return undefined;
  return refuse(
    'ToolFailed',
    `fio's job ${textAt(failed, 'jobname') ?? '?'} failed with error ${numberAt(failed, 'error') ?? '?'}${because}`,
  );
}

/** One of two servers down at the start leaves a result without it, and without the sum over all clients. */
function missingWorker(
  document: unknown,
  entries: readonly unknown[],
  workers: readonly unknown[],
  parameters?: FioParameters,
): Refusal | undefined {
  const client = at(document, 'client_stats') !== undefined;
  const sums = entries.length - workers.length;
  const hosts = new Set(workers.map((worker) => `${textAt(worker, 'hostname')},${numberAt(worker, 'port')}`)).size;
  if (client && (sums !== (hosts > 1 ? 1 : 0) || hosts !== workers.length)) {
    return refuse(
      'OutputUnparsable',
      `fio reports ${workers.length} jobs of ${hosts} workers and ${sums} sums; one job of each worker and one sum belong there`,
    );
  }
  const asked = parameters?.workers ?? hosts;
  return hosts === asked ? undefined : refuse('OutputUnparsable', `fio reports ${hosts} of ${asked} workers`);
}

/** A timed job must have run its time, in the direction that ran longest. */
function shortRun(document: unknown, workers: readonly unknown[], parameters?: FioParameters): Refusal | undefined {
  for (const worker of workers) {
    const asked = parameters === undefined ? printedTime(document, worker) : parseDuration(parameters.runtime);
    const ran = Math.max(...directions.map((direction) => numberAt(worker, direction, 'runtime') ?? 0)) / 1000;
    if (asked !== undefined && ran < asked - Math.max(0.1, asked * 0.02)) {
      return refuse('OutputUnparsable', `fio measured ${ran} s where ${asked} s were asked for; it was cut short`);
    }
  }
  return undefined;
}

/** Seconds that fio's own report says the job was to run; undefined where its size, not its time, ends it. */
function printedTime(document: unknown, worker: unknown): number | undefined {
  const option = (key: string) => textAt(worker, 'job options', key) ?? textAt(document, 'global options', key);
  const [, seconds] = /^(\d+)s?$/.exec(option('runtime') ?? '') ?? [];
  return seconds === undefined || option('time_based') === undefined ? undefined : Number(seconds);
}

/** What belongs to one direction; undefined where it had no I/O. Jobs that fio did not group cannot be merged here. */
function groupOf(
  document: unknown,
  entries: readonly unknown[],
  workers: readonly unknown[],
  direction: Direction,
): Group | Refusal | undefined {
  const active = workers.filter((entry) => (numberAt(entry, direction, 'total_ios') ?? 0) > 0);
  if (active.length === 0) return undefined;
  if (at(document, 'client_stats') !== undefined)
    return { whole: entries.find((entry) => !workers.includes(entry)) ?? active[0], parts: workers };
  if (active.length === 1) return { whole: active[0], parts: active };
  return refuse('OutputUnparsable', `fio reports ${active.length} jobs that ${direction} apart from each other; use group_reporting`);
}
