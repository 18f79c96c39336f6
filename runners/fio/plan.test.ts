import { describe, expect, test } from '@jest/globals';
import type { FioParameters } from './parameters.ts';
import { expectedTime, plan } from './plan.ts';
import { parameters } from './testing.ts';

function roles(changes: Partial<FioParameters> = {}) {
  return plan(parameters(changes));
}

/** Job options of the first role's command line. */
function options(changes: Partial<FioParameters>): string[] {
  return (roles(changes)[0]?.task.argv ?? []).filter((argument): argument is string => typeof argument === 'string');
}

/** fio takes an address for IPv4 unless told. */
const byFamily = (option: string) => ({ IPv4: `${option}ip:`, IPv6: `${option}ip6:` });

/** Job files are the same in every pod, without addresses to be filled in. */
function textOf({ content }: { content: unknown } = { content: '' }): string {
  return typeof content === 'string' ? content : '';
}

describe('KP-6 one worker', () => {
  test('is one pod that runs fio on its volume', () => {
    expect(roles()).toMatchObject([{ name: 'worker', replicas: 1, ends: true, task: { workdir: '/data', measures: true } }]);
  });

  test('has the whole job in its arguments', () => {
    expect(options({})).toEqual([
      'fio',
      '--output-format=json',
      '--name=global',
      '--rw=randread',
      '--bs=4096',
      '--iodepth=1',
      '--ioengine=libaio',
      '--numjobs=1',
      '--size=1073741824',
      '--nrfiles=1',
      '--direct=1',
      '--time_based=1',
      '--runtime=30',
      '--ramp_time=0',
      '--group_reporting=1',
      '--filename_format=assay-0.$jobname.$jobnum.$filenum',
      '--unlink=1',
      '--name=assay',
    ]);
  });

  test.each<[string, Partial<FioParameters>, string[]]>([
    ['a sequence of reads', { rw: 'read' }, ['--rw=read']],
    ['a sequence of writes', { rw: 'write' }, ['--rw=write']],
    ['random reads', { rw: 'randread' }, ['--rw=randread']],
    ['random writes', { rw: 'randwrite' }, ['--rw=randwrite']],
    ['both in sequence', { rw: 'rw' }, ['--rw=rw']],
    ['both at random', { rw: 'randrw' }, ['--rw=randrw']],
    ['block size in bytes', { blockSize: '1Mi' }, ['--bs=1048576']],
    ['depth and engine', { ioDepth: 32, engine: 'io_uring' }, ['--iodepth=32', '--ioengine=io_uring']],
    ['jobs and files', { jobs: 4, files: 10 }, ['--numjobs=4', '--nrfiles=10']],
    ['times in seconds', { runtime: '2m', rampTime: '10s' }, ['--runtime=120', '--ramp_time=10']],
    ['page cache', { direct: false }, ['--direct=0']],
    ['mix', { rw: 'randrw', readPercent: 70, randomPercent: 50 }, ['--rwmixread=70', '--percentage_random=50']],
    ['no reads at all', { rw: 'randrw', readPercent: 0 }, ['--rwmixread=0']],
    ['fdatasync', { fdatasync: 8 }, ['--fdatasync=8']],
    ['threads', { thread: true }, ['--thread=1']],
    ['rate in bytes', { rate: '10Mi' }, ['--rate=10485760']],
    ['further options', { extraArgs: ['--norandommap=1', '--thinktime', '5ms'] }, ['--norandommap=1', '--thinktime=5ms']],
    ['a job file after the parameters', { jobFile: '[a]\nbs=8k\n[b]\nrw=read\n' }, ['--name=a', '--bs=8k', '--name=b', '--rw=read']],
  ])('%s', (_, changes, expected) => {
    expect(options(changes)).toEqual(expect.arrayContaining(expected));
  });

  test('a job file takes the place of our job', () => {
    expect(options({ jobFile: '[a]\n' })).not.toContain('--name=assay');
  });
});

describe('KP-6 several workers', () => {
  const [worker, client] = roles({ workers: 2 });

  test('are servers with a folder each', () => {
    expect(worker).toMatchObject({ name: 'worker', replicas: 2, ends: false });
    expect(worker?.task).toEqual({
      argv: ['fio', { address: 'self', before: byFamily('--server='), after: ',8765' }],
      workdir: '/data',
      listens: { protocol: 'TCP', port: 8765 },
      readyPort: 8766,
      measures: false,
    });
  });

  test('are started together by a client, whose end ends the run', () => {
    expect(client).toMatchObject({ name: 'client', replicas: 1, after: ['worker'], ends: true });
    expect(client?.task).toMatchObject({ waitFor: [{ role: 'worker', port: 8766 }], reconnects: 1, measures: true });
    expect(client?.task.argv).toEqual([
      'fio',
      '--output-format=json+',
      { address: 'worker', index: 0, before: byFamily('--client='), after: ',8765' },
      'worker-0.fio',
      { address: 'worker', index: 1, before: byFamily('--client='), after: ',8765' },
      'worker-1.fio',
    ]);
  });

  test('have files of their own on a shared volume', () => {
    const formats = client?.task.files?.map((file) => /^filename_format=.*$/m.exec(textOf(file))?.[0]);
    expect(formats).toEqual(['filename_format=assay-0.$jobname.$jobnum.$filenum', 'filename_format=assay-1.$jobname.$jobnum.$filenum']);
  });

  test('get the same job as one worker alone', () => {
    const alone = options({}).slice(2);
    const lines = textOf(client?.task.files?.[0]).trim().split('\n');
    expect(lines.map((line) => (line.startsWith('[') ? `--name=${line.slice(1, -1)}` : `--${line}`))).toEqual(alone);
  });
});

describe('the deadline', () => {
  test.each<[string, Partial<FioParameters>, number]>([
    ['time for the load and for writing 1 GiB', {}, 30 + 60 + 54],
    ['more for more files', { size: '10Gi', jobs: 2 }, 30 + 60 + 1074],
    ['and for all workers, which may share a disk', { workers: 4, runtime: '10s', rampTime: '5s' }, 15 + 60 + 215],
  ])('is %s', (_, changes, seconds) => {
    expect(roles(changes).at(-1)?.task.deadline).toBe(seconds);
  });

  test('is left to timeouts.running with a job file, whose amount is not known here', () => {
    expect(roles({ jobFile: '[a]\n' })[0]?.task).not.toHaveProperty('deadline');
  });
});

describe('KP-7 the volume', () => {
  test.each<[string, FioParameters['volume'], object]>([
    ['a folder of the node', { emptyDir: {} }, { emptyDir: {} }],
    ['a bounded one in memory', { emptyDir: { sizeLimit: '2Gi', medium: 'Memory' } }, { emptyDir: { sizeLimit: '2Gi', medium: 'Memory' } }],
    ['a claim', { claimName: 'mine' }, { claimName: 'mine' }],
    [
      'a new claim for each worker',
      { claimTemplate: { size: '10Gi', accessMode: 'ReadWriteOnce', shared: false } },
      { claimTemplate: { size: '10Gi', accessMode: 'ReadWriteOnce' }, shared: false },
    ],
    [
      'a new claim for all',
      { claimTemplate: { size: '10Gi', storageClassName: 'nfs', accessMode: 'ReadWriteMany', shared: true } },
      { claimTemplate: { size: '10Gi', storageClassName: 'nfs', accessMode: 'ReadWriteMany' }, shared: true },
    ],
  ])('is %s', (_, volume, source) => {
    expect(roles({ volume })[0]?.volumes).toEqual([{ name: 'data', mountPath: '/data', source }]);
  });

  test('is not the client’s', () => {
    expect(roles({ workers: 2 })[1]).not.toHaveProperty('volumes');
  });
});

test('the expected time counts the ramp', () => {
  expect(expectedTime(parameters({ runtime: '1m', rampTime: '5s' }))).toBe(65);
});
