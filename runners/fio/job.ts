import { parseDuration, parseSize } from '../../measure/quantity.ts';
import { readOptions } from '../options.ts';
import { readJobFile } from './job-file.ts';
import type { Section } from './job-file.ts';
import { extraOptions, jobFileOptions } from './options.ts';
import type { FioParameters } from './parameters.ts';

/**
 * The job of one worker: a [global] section from the parameters, then one job, or the sections of the user's own file.
 * @param worker number that keeps the workers' files apart on a shared volume
 */
export function job(parameters: FioParameters, worker: number): Section[] {
  const own = parameters.jobFile === undefined ? undefined : readJobFile(parameters.jobFile, jobFileOptions);
  const sections = own?.ok ? own.sections : [{ name: 'assay', options: [] }];
  return [{ name: 'global', options: globalOptions(parameters, worker) }, ...sections];
}

function globalOptions(parameters: FioParameters, worker: number): Section['options'] {
  const {
    rw,
    blockSize,
    ioDepth,
    engine,
    jobs,
    size,
    files,
    runtime,
    rampTime,
    direct,
    readPercent,
    randomPercent,
    fdatasync,
    thread,
    rate,
  } = parameters;
  const extra = readOptions(parameters.extraArgs, extraOptions);
  return [
    ['rw', rw],
    ['bs', String(parseSize(blockSize))],
    ['iodepth', String(ioDepth)],
    ['ioengine', engine],
    ['numjobs', String(jobs)],
    ['size', String(parseSize(size))],
    ['nrfiles', String(files)],
    ['direct', direct ? '1' : '0'],
    ['time_based', '1'],
    ['runtime', String(parseDuration(runtime))],
    ['ramp_time', String(parseDuration(rampTime))],
    ...optional('rwmixread', readPercent),
    ...optional('percentage_random', randomPercent),
    ...optional('fdatasync', fdatasync === 0 ? undefined : fdatasync),
    ...optional('thread', thread ? 1 : undefined),
    ...optional('rate', rate === undefined ? undefined : parseSize(rate)),
    ...(extra.ok ? extra.options.map(({ name, value = '1' }) => [name, value] as const) : []),
    // One entry in the report for all jobs, whose latencies fio merges exactly.
    ['group_reporting', '1'],
    ['filename_format', `assay-${worker}.$jobname.$jobnum.$filenum`],
    ['unlink', '1'],
  ];
}

function optional(key: string, value: number | undefined): (readonly [string, string])[] {
  return value === undefined ? [] : [[key, String(value)]];
}
