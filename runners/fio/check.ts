import { parseDuration, parseSize } from '../../measure/quantity.ts';
import { readOptions } from '../options.ts';
import type { Problem } from '../workload.ts';
import { readJobFile } from './job-file.ts';
import { extraOptions, jobFileOptions } from './options.ts';
import type { FioParameters } from './parameters.ts';

const day = 86_400;
const hour = 3600;
/** The job files of all workers travel in one environment variable, which Linux limits to 128 KiB. */
const jobFilesBound = 65_536;

/** The limits of fio that depend on several parameters or on the value behind a text. */
export function check(parameters: FioParameters): Problem[] {
  return [...times(parameters), ...sizes(parameters), ...extras(parameters), ...ownJob(parameters)];
}

function times({ runtime, rampTime }: FioParameters): Problem[] {
  const problems: Problem[] = [];
  const measured = parseDuration(runtime);
  if (measured < 1 || measured > day) problems.push({ path: 'runtime', message: `${runtime} is not allowed; 1s to 24h` });
  if (parseDuration(rampTime) > hour) problems.push({ path: 'rampTime', message: `${rampTime} is not allowed; up to 1h` });
  return problems;
}

function sizes({ blockSize, size, files, direct, rate, volume }: FioParameters): Problem[] {
  const problems: Problem[] = [];
  const block = parseSize(blockSize);
  if (block < 1 || block > 2 ** 30) problems.push({ path: 'blockSize', message: `${blockSize} is not allowed; 1 to 1024Mi` });
  else if (direct && block % 512 !== 0) {
    problems.push({
      path: 'blockSize',
      message: `${blockSize} is not a multiple of 512, as direct I/O needs it; change it or set direct: false`,
    });
  }
  if (parseSize(size) < block * files) {
    problems.push({ path: 'size', message: `${size} is less than one block of ${blockSize} in each of the ${files} files` });
  }
  if (rate !== undefined && parseSize(rate) < 1)
    problems.push({ path: 'rate', message: `${rate} is not allowed; at least 1 B/s, or leave it out` });
  if (direct && volume.emptyDir?.medium === 'Memory') {
    problems.push({ path: 'direct', message: 'a volume in memory is page cache, so direct I/O does not apply; set direct: false' });
  }
  return problems;
}

function extras({ extraArgs }: FioParameters): Problem[] {
  const read = readOptions(extraArgs, extraOptions);
  return read.ok ? [] : [{ path: `extraArgs[${read.index}]`, message: read.message }];
}

function ownJob({ jobFile, workers }: FioParameters): Problem[] {
  if (jobFile === undefined) return [];
  const read = readJobFile(jobFile, jobFileOptions);
  if (!read.ok) return [{ path: 'jobFile', message: read.message }];
  if (jobFile.length * workers <= jobFilesBound) return [];
  return [
    { path: 'jobFile', message: `${jobFile.length} characters for each of ${workers} workers are too many; ${jobFilesBound} together` },
  ];
}
