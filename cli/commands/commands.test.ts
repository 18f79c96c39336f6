import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Metric } from '../../measure/metric.ts';
import { workloads } from '../../runners/registry.ts';
import type { Forecast } from '../forecast.ts';
import { program } from '../program.ts';

let folder: string;
let out: string[];
let err: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'commands-'));
  out = [];
  err = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => out.push(line));
  jest.spyOn(console, 'error').mockImplementation((line: string) => err.push(line));
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** @returns the exit code, and what was printed */
async function assay(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    await program('assay').parseAsync(args, { from: 'user' });
    return { code: Number(process.exitCode ?? 0), stdout: out.join('\n'), stderr: err.join('\n') };
  } finally {
    process.exitCode = 0;
  }
}

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const manifest = (kind: string, spec: string) => `apiVersion: assay.dev/v1alpha1\nkind: ${kind}\nmetadata: {name: net}\nspec: {${spec}}\n`;
const set = (more: string) => file('set.yaml', manifest('BenchmarkSet', `template: {spec: {sleep: {duration: 1s}}}, ${more}`));

describe('validate', () => {
  test.each([
    ['1 object', manifest('Benchmark', 'sleep: {duration: 1s}'), '1 object valid'],
    [
      '2 objects',
      `${manifest('Benchmark', 'sleep: {duration: 1s}')}---\n${manifest('Benchmark', 'sleep: {}').replace('net', 'disk')}`,
      '2 objects valid',
    ],
  ])('%s', async (_, text, said) => {
    expect(await assay('validate', file('x.yaml', text))).toEqual({ code: 0, stdout: said, stderr: '' });
  });

  test('a bad member of a set is found before anything runs', async () => {
    const path = set('matrix: {product: {sleep.duration: [1s, soon]}}');
    await expect(assay('validate', path)).rejects.toThrow(/set\.yaml:4 spec\.matrix\.product/);
  });
});

describe('plan', () => {
  test('says what would run, in what order, and for how long', async () => {
    const { stdout } = await assay('plan', set('matrix: {product: {sleep.duration: [1s, 4s]}}, repetitions: 2, order: Sequential'));
    expect(stdout.split('\n').map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['BenchmarkSet net: sleep, 4 runs, 1 at once, up to 1 pod, about 18 s'],
      ['cell', 'coordinates', 'pods', 'time of one run'],
      ['0', 'sleep.duration=1s', '1', '3 s'],
      ['1', 'sleep.duration=4s', '1', '6 s'],
      ['order:'],
      ['net-0-0'],
      ['net-0-1'],
      ['net-1-0'],
      ['net-1-1'],
    ]);
  });

  test('says that pairs of nodes are an example', async () => {
    const path = file('pairs.yaml', manifest('BenchmarkSet', 'template: {spec: {iperf: {}}}, matrix: {nodes: {}}'));
    const lines = (await assay('plan', path)).stdout.split('\n');
    expect([lines[1], lines.find((line) => line.includes('any-node'))]).toEqual([
      'matrix.nodes: shown for two nodes; those of the cluster are chosen when the set starts',
      expect.stringContaining('placement.nodes.server=any-node placement.nodes.client=another-node'),
    ]);
  });

  test('leaves out what no screen can hold', async () => {
    expect((await assay('plan', set('repetitions: 100'))).stdout).toMatch(/\n {2}\.\.\. and 80 more$/);
  });

  test('json holds all of it', async () => {
    const { stdout } = await assay('plan', set('repetitions: 100'), '-o', 'json');
    expect((JSON.parse(stdout) as Forecast[]).map(({ name, runs }) => [name, runs.length])).toEqual([['net', 100]]);
  });
});

describe('workloads', () => {
  test('lists all', async () => {
    const { stdout } = await assay('workloads');
    expect(Object.keys(workloads).filter((name) => !new RegExp(`^${name} `, 'm').test(stdout))).toEqual([]);
  });

  test.each(Object.values(workloads))('$name: every metric with its unit', async ({ name, metrics }) => {
    const { stdout } = await assay('workloads', name);
    const rows = new Set(stdout.split('\n').map((line) => line.split(/ {2,}/).slice(0, 2).join(' ')));
    expect(metrics.filter((metric) => !rows.has(`${metric.name} ${metric.unit}`))).toEqual([]);
  });

  test.each([
    ['a range and a default', 'iperf', /^streams +1 to 128 +1 /m],
    ['choices', 'iperf', /^protocol +TCP \| UDP +"TCP" /m],
    ['a type', 'sleep', /^duration +string /m],
  ])('parameters: %s', async (_, name, row) => {
    expect((await assay('workloads', name)).stdout).toMatch(row);
  });

  test('a name that JavaScript knows is none', async () => {
    await expect(assay('workloads', 'constructor')).rejects.toThrow('constructor is no workload; there are sleep,');
  });
});

describe('parse', () => {
  const good = 'runners/iperf/testdata/iperf3/tcp_P1.json';
  const refused = 'runners/iperf/testdata/iperf3/err_server_busy.json';

  test('json of one file is the list of its metrics', async () => {
    const { code, stdout } = await assay('parse', 'iperf', good, '-o', 'json');
    const metrics = JSON.parse(stdout) as Metric[];
    expect([code, metrics[0]]).toEqual([0, { name: 'bandwidth', value: expect.any(Number), unit: 'bit/s', better: 'Higher' }]);
  });

  test('json of several files names each', async () => {
    const { stdout } = await assay('parse', 'iperf', good, good, '-o', 'json');
    expect((JSON.parse(stdout) as { file: string }[]).map((entry) => entry.file)).toEqual([good, good]);
  });

  test('a table has units', async () => {
    expect((await assay('parse', 'iperf', good)).stdout).toMatch(/^bandwidth +[\d.]+ Gbit\/s +Higher$/m);
  });

  test('what cannot be trusted is exit code 2, the named reason, and no figure', async () => {
    expect(await assay('parse', 'iperf', refused, '-o', 'json')).toEqual({
      code: 2,
      stdout: '',
      stderr: `${refused}: PeerUnreachable: the server is busy running a test. try again later`,
    });
  });

  test('good files are shown beside a refused one', async () => {
    const { code, stdout } = await assay('parse', 'iperf', refused, good);
    expect([code, stdout.split('\n')[0]]).toEqual([2, good]);
  });

  test('hostile output cannot reach the terminal raw', async () => {
    const { stderr } = await assay('parse', 'fio', file('raw', 'fio: \u001b[2J\u0007 went wrong'));
    // oxlint-disable-next-line no-control-regex
    expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });
});

describe('convert', () => {
  const theirs = 'cli/convert/testdata/stackhpc/fio.yaml';

  test('prints ours, and names on the other stream what has no counterpart', async () => {
    const { code, stdout, stderr } = await assay('convert', theirs);
    expect([code, stdout.split('\n')[0], stderr.split('\n')]).toEqual([
      0,
      'apiVersion: assay.dev/v1alpha1',
      [
        `${theirs}:6 spec.fioPort: is left out: the workers listen on a port of their own choice`,
        `${theirs}:24 spec.volumeClaimTemplate.volumeMode: has no counterpart and is left out`,
      ],
    ]);
  });

  test('what it prints is valid', async () => {
    const { stdout } = await assay('convert', theirs, 'cli/convert/testdata/nscale/benchmark-set.yaml');
    expect((await assay('validate', file('ours.yaml', stdout))).stdout).toMatch(/\n2 objects valid$/);
  });

  test('reads the manifests of a folder', async () => {
    const { stdout } = await assay('convert', 'cli/convert/testdata/nscale');
    expect(stdout.match(/^kind: Benchmark(Set)?$/gm)).toHaveLength(4);
  });

  test('prints nothing where one file cannot be converted', async () => {
    const ours = file('ours.yaml', manifest('Benchmark', 'sleep: {}'));
    await expect(assay('convert', theirs, ours)).rejects.toThrow(/ours\.yaml:1 apiVersion: "assay\.dev\/v1alpha1" cannot be converted/);
    expect(out).toEqual([]);
  });
});
