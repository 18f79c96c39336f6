import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { check } from './check.ts';
import type { FioParameters } from './parameters.ts';
import { plan } from './plan.ts';
import { parameters } from './testing.ts';
import { fio } from './workload.ts';

test.each<[string, Partial<FioParameters>]>([
  ['the defaults', {}],
  ['a block of any size without direct I/O', { blockSize: '1000', direct: false }],
  ['a volume in memory without direct I/O', { direct: false, volume: { emptyDir: { medium: 'Memory' } } }],
  ['further options', { extraArgs: ['--buffer_compress_percentage=50', '--bssplit=4k/60:64k/40'] }],
  ['a job file', { jobFile: '[a]\nrw=randread\nbs=4k\n' }],
])('%s are good', (_, changes) => {
  expect(check(parameters(changes))).toEqual([]);
});

test.each<[string, Partial<FioParameters>, string, string]>([
  ['no time', { runtime: '0s' }, 'runtime', '0s is not allowed; 1s to 24h'],
  ['more than a day', { runtime: '25h' }, 'runtime', '25h is not allowed; 1s to 24h'],
  ['a long ramp', { rampTime: '2h' }, 'rampTime', '2h is not allowed; up to 1h'],
  ['no block', { blockSize: '0' }, 'blockSize', '0 is not allowed; 1 to 1024Mi'],
  ['an odd block', { blockSize: '1000' }, 'blockSize', '1000 is not a multiple of 512'],
  ['files smaller than a block', { size: '1Mi', files: 300 }, 'size', '1Mi is less than one block of 4Ki in each of the 300 files'],
  ['no rate', { rate: '0' }, 'rate', '0 is not allowed; at least 1 B/s'],
  ['direct I/O in memory', { volume: { emptyDir: { medium: 'Memory' } } }, 'direct', 'set direct: false'],
  ['an option that runs a program', { extraArgs: ['--exec_prerun=id'] }, 'extraArgs[0]', '"--exec_prerun=id" is not allowed'],
  ['an option that writes a file', { extraArgs: ['--norandommap=1', '--output=/x'] }, 'extraArgs[1]', '"--output=/x" is not allowed'],
  ['an option that a parameter has', { extraArgs: ['--bs=1m'] }, 'extraArgs[0]', '"--bs=1m" is not allowed'],
  ['a job file with a program', { jobFile: '[a]\nexec_prerun=id\n' }, 'jobFile', 'line 2: "exec_prerun" is not allowed'],
  [
    'job files too large together',
    { workers: 32, jobFile: `[a]\n${'#'.repeat(4000)}` },
    'jobFile',
    '4004 characters for each of 32 workers are too many; 65536 together',
  ],
])('%s is refused with its path', (_, changes, path, message) => {
  expect(check(parameters(changes))).toEqual([{ path, message: expect.stringContaining(message) }]);
});

const hostile = fc.oneof(
  fc.constantFrom(
    '--',
    '--exec_prerun=id',
    '--bs=4k\nexec_prerun=id',
    '--nice=1\n[x]',
    '--client=evil',
    '--name=x',
    '$(id)',
    '"',
    "'",
    '\0',
    '--nice',
  ),
  fc.string(),
);

describe('no text of a user becomes another option', () => {
  const known = new Set(['exec_prerun', 'exec_postrun', 'filename', 'directory', 'output', 'client', 'server', 'ioengine']);
  const plain = plan(parameters());
  const before = plain[0]?.task.argv ?? [];

  test.each(['extraArgs', 'jobFile'])('%s', (name) => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 4 }), (written) => {
        const changes = name === 'extraArgs' ? { extraArgs: written } : { jobFile: `[job]\n${written.join('\n')}` };
        const argv = plan(parameters(changes))[0]?.task.argv ?? [];
        const added = argv.filter((argument) => !before.includes(argument)).map(String);
        expect(
          added.filter((argument) => !/^--[a-z_]+=[\w.,:/%-]+$/.test(argument) || known.has(argument.slice(2).split('=')[0] ?? '')),
        ).toEqual([]);
      }),
    );
  });

  test('a job file that is refused changes nothing', () => {
    expect(plan(parameters({ jobFile: '[a]\nexec_prerun=id\n' }))[0]?.task.argv).toEqual(before);
  });
});

test.each<[FioParameters['rw'], string]>([
  ['read', 'readBandwidth'],
  ['write', 'writeBandwidth'],
  ['randread', 'readIOPS'],
  ['randwrite', 'writeIOPS'],
  ['rw', 'readBandwidth'],
  ['randrw', 'readIOPS'],
])('the summary of %s shows %s', (rw, metric) => {
  expect(fio.headline(parameters({ rw }))).toBe(metric);
});

test('files that fit in memory are warned of', () => {
  expect(fio.cautions?.(parameters({ direct: false, jobs: 4 }))).toEqual([
    expect.stringContaining('4.29 GB of files on each worker may fit in memory'),
  ]);
  expect(fio.cautions?.(parameters())).toEqual([]);
});
