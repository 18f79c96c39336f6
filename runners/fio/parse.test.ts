import { describe, expect, test } from '@jest/globals';
import { read, sample, sampleNames, toolOutput, values } from '../testing.ts';
import type { FioParameters } from './parameters.ts';
import { parseFio } from './parse.ts';
import { fioSamples, parameters } from './testing.ts';

const good: [name: string, asked: Partial<FioParameters>, metrics: Record<string, number>][] = [
  [
    'client_1server_randrw_jsonplus.json',
    { rw: 'randrw', runtime: '4s' },
    {
      readBandwidth: 16_584_617,
      readIOPS: 4048.978,
      readLatencyP99: 0.009_895_936,
      writeBandwidth: 7_270_155,
      writeLatencyMax: 0.077_508_6,
    },
  ],
  [
    'client_2servers_read_json_file.json',
    { rw: 'read', runtime: '4s', workers: 2 },
    { readBandwidth: 645_724_754, readIOPS: 4926.488_911, readLatencyMean: 0.002_832_657_7, readLatencyMax: 0.093_312_564 },
  ],
  [
    'client_2servers_read_jsonplus.json',
    { rw: 'read', runtime: '4s', workers: 2 },
    {
      readBandwidth: 617_757_000,
      readIOPS: 4713.1,
      readLatencyMean: 0.002_969_9,
      readLatencyStdev: 0.008_133_5,
      readLatencyP50: 0.000_150_5,
      readLatencyP999: 0.078_118,
    },
  ],
  [
    'local_randrw_jsonplus.json',
    { rw: 'randrw', runtime: '4s' },
    { readBandwidth: 14_358_181, readLatencyP50: 0.000_120_3, writeIOPS: 1539.03 },
  ],
  [
    'local_read_json.json',
    { rw: 'read', runtime: '4s' },
    { readBandwidth: 294_311_000, readLatencyMean: 0.003_106_9, readLatencyP95: 0.019_529_7 },
  ],
  [
    'local_twojobs_stonewall_json.json',
    { runtime: '3s', jobFile: '[w]\n[r]\n' },
    { readIOPS: 2543.1, readLatencyP90: 0.000_301, writeBandwidth: 93_983_000, writeLatencyP999: 0.005_734_4 },
  ],
];

const bad: [name: string, reason: string, message: string][] = [
  ['client_2servers_read_normal.txt', 'OutputUnparsable', 'no JSON result'],
  ['err_bad_jobopt.json', 'ToolFailed', 'Bad option <nosuch=1>; fio: job x dropped'],
  ['err_bad_option.json', 'ToolFailed', "unrecognized option '--nosuchoption'"],
  ['err_client_bad_jobopt.json', 'ToolFailed', 'fio ran no job: <node-1> Bad option <nosuch=1>'],
  ['err_client_no_server.json', 'PeerUnreachable', 'failed to connect to 127.0.0.1:18799'],
  ['err_client_one_server_down.txt', 'PeerUnreachable', 'failed to connect to 127.0.0.1:18799'],
  ['err_jobfile_missing.json', 'OutputUnparsable', 'no JSON result'],
  ['err_killed_SIGINT_midrun.json', 'Interrupted', 'stopped by signal 2'],
  ['err_killed_SIGKILL_midrun.json', 'OutputUnparsable', 'no JSON result'],
  ['err_missing_dir.json', 'ToolFailed', '/nonexistent is not a directory'],
  ['err_verify_or_enospc.json', 'ToolFailed', 'job full failed with error 28: fio: io_u error on file'],
  ['local_randrw_normal.txt', 'OutputUnparsable', 'no JSON result'],
  ['local_randrw_status_interval.json', 'OutputUnparsable', 'several results'],
  ['local_read_terse.txt', 'OutputUnparsable', 'no JSON result'],
  ['version.txt', 'OutputUnparsable', 'no JSON result'],
];

test('every recording of fio is judged', () => {
  expect([...good, ...bad].map(([name]) => name).toSorted()).toEqual(sampleNames(fioSamples));
});

describe('KP-6 runs that ended well', () => {
  test.each(good)('%s', (name, asked, expected) => {
    const found = values(parseFio(sample(fioSamples, name), parameters(asked)));
    for (const [metric, value] of Object.entries(expected))
      expect([metric, (found[metric] ?? 0) / value]).toEqual([metric, expect.closeTo(1, 3)]);
  });

  test.each(good)('%s without parameters, as assay parse reads it', (name, asked) => {
    const output = sample(fioSamples, name);
    expect(parseFio(output)).toEqual(parseFio(output, parameters(asked)));
  });

  test('a direction without I/O has no figures', () => {
    expect(Object.keys(values(parseFio(sample(fioSamples, 'local_read_json.json')))).filter((name) => name.startsWith('write'))).toEqual(
      [],
    );
  });

  test('the version of the tool is kept', () => {
    expect(parseFio(sample(fioSamples, 'local_read_json.json'))).toMatchObject({ toolVersion: 'fio-3.33' });
  });

  test('percentiles that no one can merge are left out, and said so', () => {
    const parsed = parseFio(sample(fioSamples, 'client_2servers_read_json_file.json'));
    expect(parsed).toMatchObject({ warnings: [expect.stringContaining('json+ has what is needed')] });
    expect(values(parsed)).not.toHaveProperty('readLatencyP99');
  });
});

describe('runs that failed', () => {
  test.each(bad)('%s is %s', (name, reason, message) => {
    expect(parseFio(sample(fioSamples, name))).toEqual({ ok: false, reason, message: expect.stringContaining(message) });
  });

  test.each<[string, string, Partial<FioParameters>, string]>([
    ['shorter than asked for', 'local_read_json.json', { runtime: '30s' }, 'where 30 s were asked for; it was cut short'],
    ['with fewer workers', 'client_2servers_read_jsonplus.json', { runtime: '4s', workers: 3 }, 'fio reports 2 of 3 workers'],
    ['of one worker instead of two', 'local_read_json.json', { runtime: '4s', workers: 2 }, 'fio reports 1 of 2 workers'],
  ])('a run %s is refused', (_, name, asked, message) => {
    expect(parseFio(sample(fioSamples, name), parameters(asked))).toEqual({
      ok: false,
      reason: 'OutputUnparsable',
      message: expect.stringContaining(message),
    });
  });

  const twoServers = 'client_2servers_read_jsonplus.json';
  test.each<[string, string, string | RegExp, string, string]>([
    ['a worker lost in mid-run', twoServers, /^/, 'client: host=127.0.0.1 disconnected\n', 'ToolFailed'],
    ['the sum over all clients missing', twoServers, '"All clients"', '"seqread"', 'OutputUnparsable'],
    ['a worker under the same name as the other', twoServers, /"port" : 18766/g, '"port" : 18765', 'OutputUnparsable'],
    ['a bandwidth that its bytes do not give', 'local_read_json.json', /"bw_bytes" : 2/, '"bw_bytes" : 7', 'OutputUnparsable'],
    ['a frequency that its requests do not give', 'local_read_json.json', /"iops" : 2/, '"iops" : 7', 'OutputUnparsable'],
    ['a job with an error', 'local_read_json.json', '"error" : 0', '"error" : 5', 'ToolFailed'],
    ['percentiles that do not ascend', 'local_read_json.json', /"99\.000000" : \d+/, '"99.000000" : 5', 'OutputUnparsable'],
    ['no I/O at all', 'local_read_json.json', /"total_ios" : \d+/g, '"total_ios" : 0', 'OutputUnparsable'],
  ])('%s', (_, name, from, to, reason) => {
    const output = sample(fioSamples, name);
    const parsed = parseFio({ ...output, stdout: output.stdout.replace(from, to) });
    expect(typeof read(parsed) === 'string' ? read(parsed) : 'none').toBe(reason);
  });

  test('jobs that work in the same direction without group_reporting are refused', () => {
    const job = JSON.stringify(JSON.parse(sample(fioSamples, 'local_read_json.json').stdout).jobs[0]);
    const stdout = `{\n"jobs": [${job}, ${job}]}\n`;
    expect(parseFio(toolOutput({ stdout }))).toMatchObject({
      ok: false,
      message: 'fio reports 2 jobs that read apart from each other; use group_reporting',
    });
  });

  test.each([
    ['an exit code', { exitCode: 1, stderr: 'fio: broken' }, 'ToolFailed'],
    ['a signal', { exitCode: null, signal: 'SIGSEGV' }, 'ToolCrashed'],
  ])('a whole document does not help a tool that ended with %s', (_, ending, reason) => {
    expect(read(parseFio({ ...sample(fioSamples, 'local_read_json.json'), ...ending }))).toBe(reason);
  });
});
