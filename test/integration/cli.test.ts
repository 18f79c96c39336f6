import { execFile } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { Assay, type Ended, nap, root } from './assay.ts';

const assay = new Assay();
const good = assay.file('good.yaml', nap('10ms'));
const bad = assay.file('bad.yaml', nap('10ms', 'na_p'), nap('forever'));
const failing = assay.file('failing.yaml', nap('20s', 'slow', { timeouts: { running: '1s' } }));
const away = assay.file('away.kubeconfig', {
  clusters: [{ name: 'away', cluster: { server: 'https://127.0.0.1:1' } }],
  contexts: [{ name: 'away', context: { cluster: 'away', user: 'me' } }],
  users: [{ name: 'me', user: {} }],
  'current-context': 'away',
});

afterAll(() => {
  assay.remove();
});

/** Runs a shell's line on a terminal of 100 columns. @returns what the terminal got, without colours */
async function onTerminal(line: string): Promise<string> {
  const { stdout } = await promisify(execFile)('script', ['-qec', `stty cols 100 rows 30; ${line}`, '/dev/null'], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', HOME: assay.path('.'), TERM: 'xterm' },
  });
  return stripVTControlCharacters(stdout).replaceAll('\r', '');
}

describe('exit code and the first words of the error', () => {
  test.each([
    ['an unknown command', ['rnu', good], 1, "error: unknown command 'rnu'\n(Did you mean run?)"],
    ['an unknown option', ['run', '--locl', good], 1, "error: unknown option '--locl'\n(Did you mean --local?)"],
    ['no file', ['run'], 1, "error: missing required argument 'file'"],
    ['a file that is not there', ['run', '--local', 'nowhere.yaml'], 1, 'nowhere.yaml: no such file\n'],
    ['a folder without manifests', ['validate', 'cli/output'], 1, 'cli/output: the folder holds no .yaml, .yml or .json file\n'],
    ['a limit that is no duration', ['run', '--local', good, '--timeout', 'soon'], 1, '--timeout: "soon" is not a duration'],
    ['an unknown format', ['run', '--local', good, '-o', 'xml'], 1, "error: option '-o, --output <format>' argument 'xml' is invalid"],
    ['a bad file is not run', ['run', '--local', bad], 1, `${bad}:4 metadata.name: "na_p" is not allowed`],
    ['a good file', ['validate', good], 0, ''],
    [
      'a cluster that is away',
      ['run', good, '--kubeconfig', away],
      1,
      'the cluster https://127.0.0.1:1 does not answer: connect ECONNREFUSED',
    ],
    [
      'a context that is not there',
      ['why', 'nap', '--kubeconfig', away, '--context', 'home'],
      1,
      'kubeconfig: the context "home" does not exist; contexts are: away',
    ],
    ['a kubeconfig that is not there', ['results', 'nap', '--kubeconfig', 'nowhere'], 1, 'cannot read the kubeconfig nowhere: '],
    ['no kubeconfig at all', ['results', 'nap'], 1, 'cannot read the kubeconfig: no KUBECONFIG'],
    ['a name and all namespaces', ['results', 'nap', '-A'], 1, 'a name is in one namespace'],
    [
      'an unknown workload',
      ['workloads', 'iperf4'],
      1,
      'iperf4 is no workload; there are sleep, cpusoaker, iperf, fio, rdmaBandwidth, rdmaLatency, pyTorch, mpiPingPong, openFoam\n',
    ],
    ['a benchmark that fails', ['run', '--local', failing], 2, 'slow  Pending'],
  ])('%s', async (_, args, code, words) => {
    const ended = await assay.run(args);
    expect({ code: ended.code, words: ended.stderr.slice(0, words.length), stack: /^ +at /m.test(ended.stderr) }).toEqual({
      code,
      words,
      stack: false,
    });
  });

  test('every problem of every file is told at once', async () => {
    const { stderr } = await assay.run(['validate', bad, good]);
    expect(stderr.trim().split('\n')).toHaveLength(2);
  });

  test('a failed benchmark says why', async () => {
    expect((await assay.run(['run', '--local', failing])).stderr).toContain('Benchmark slow failed: RunningTimeout: no result after 1s');
  });
});

describe('run', () => {
  test.each([
    ['json', (text: string) => (JSON.parse(text) as { name: string }).name, 'nap'],
    ['yaml', (text: string) => (parse(text) as { name: string }).name, 'nap'],
    ['csv', (text: string) => text.split('\n').map((line) => line.split(',').length), [12, 12, 12, 12, 1]],
    [
      'markdown',
      (text: string) => text.split('\n').filter((line) => line.startsWith('#')),
      ['# nap', '## measuredTime', '## requestedTime', '## overshoot (lower is better)'],
    ],
    ['table', (text: string) => text.split('\n')[0], 'Benchmark nap: Succeeded, 1 of 1 run counted'],
  ] as const)('standard output is %s and nothing else', async (format, read, expected) => {
    expect(read((await assay.run(['run', '--local', good, '-o', format])).stdout)).toEqual(expected);
  });

  test('without a kubeconfig it runs here, and says so', async () => {
    const { code, stderr } = await assay.run(['run', good]);
    expect([code, stderr.split('\n')[0]]).toEqual([0, 'no kubeconfig: running on this machine, with local processes as pods']);
  });

  test('reads standard input', async () => {
    expect((await assay.run(['run', '--local', '-'], { input: JSON.stringify(nap('10ms')) })).code).toBe(0);
  });

  test('writes the files', async () => {
    const { stderr } = await assay.run(['run', '--local', good, '--out', assay.path('results')]);
    expect(stderr).toContain(`wrote ${join(assay.path('results'), 'nap')}`);
  });

  test('costs little more than the tool', async () => {
    const start = performance.now();
    await assay.run(['run', '--local', good]);
    // 1.3 s on two idle cores; the limit leaves room for a busy machine and none for a forgotten timer on top.
    expect(performance.now() - start).toBeLessThan(8000);
  });
});

describe('on a terminal', () => {
  const command = `${process.execPath} cli/assay.js run --local ${good} ${failing} -o json`;

  test('each object ends with its sign, once, and results go where they are sent', async () => {
    const results = assay.path('results.json');
    const lines = (await onTerminal(`${command} > ${results} || true`)).split('\n');
    const first = lines.findLastIndex((line) => line.includes('nap  '));
    const reports = JSON.parse(readFileSync(results, 'utf8')) as { name: string }[];
    expect([lines.slice(first, first + 3), reports.map(({ name }) => name)]).toEqual([
      [expect.stringMatching(/^✔ nap {2}Succeeded/), '✖ slow  Failed', expect.stringMatching(/^Benchmark slow failed: RunningTimeout/)],
      ['nap'],
    ]);
  });

  test('a simple one gets plain lines', async () => {
    expect(await onTerminal(`TERM=dumb ${command} || true`)).toContain('\nslow  Failed\n');
  });
});

describe('an end before its time', () => {
  const long = assay.file('long.yaml', nap('300s'), {
    apiVersion: 'assay.dev/v1alpha1',
    kind: 'BenchmarkSet',
    metadata: { name: 'naps' },
    spec: { template: { spec: { sleep: { duration: '300s' } } }, repetitions: 3, parallelism: 2 },
  });

  test.each([
    ['Ctrl-C', 'SIGINT', 1],
    ['a second Ctrl-C', 'SIGINT', 2],
    ['SIGTERM', 'SIGTERM', 1],
    ['a terminal that is closed', 'SIGHUP', 1],
  ] as const)('%s', async (_, signal, times) => {
    const run = assay.start(['run', '--local', long]);
    await run.said('nap  Running');
    const busy = assay.leftovers().processes.length > 0;
    for (let sent = 0; sent < times; sent++) run.child.kill(signal);
    const { code, stderr } = await run.ended;
    expect({ busy, code, said: stderr.includes('stopped before the end: interrupted'), ...assay.leftovers() }).toEqual({
      busy: true,
      code: 2,
      said: true,
      files: [],
      processes: [],
    });
  });

  test('the time limit', async () => {
    const { code, stderr } = await assay.run(['run', '--local', long, '--timeout', '2s']);
    expect({ code, said: stderr.includes('stopped before the end: not finished after 2s'), ...assay.leftovers() }).toEqual({
      code: 2,
      said: true,
      files: [],
      processes: [],
    });
  });
});

describe('parse', () => {
  test('one file is a list of metrics', async () => {
    const { stdout } = await assay.run(['parse', 'iperf', 'runners/iperf/testdata/iperf3/tcp_P1.json', '-o', 'json']);
    expect((JSON.parse(stdout) as object[]).map((metric) => Object.keys(metric).toSorted().join())).toContain('better,name,unit,value');
  });

  test('standard input', async () => {
    const { code, stderr } = await assay.run(['parse', 'fio', '-'], { input: 'no result' });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^-: OutputUnparsable: fio printed no JSON result/)]);
  });
});

async function startWith(cache: string): Promise<Ended> {
  return await assay.run(['validate', good], { env: { XDG_CACHE_HOME: cache, NODE_DEBUG_NATIVE: 'COMPILE_CACHE' } });
}

describe('what Node compiled', () => {
  test('is kept for the next start', async () => {
    const [first, second] = [await startWith(assay.path('cache')), await startWith(assay.path('cache'))];
    const found = [first, second].map(({ stderr }) => stderr.includes('cli/main.ts was accepted'));
    expect(found).toEqual([false, true]);
  });

  test('is not needed: where it cannot be kept is no error', async () => {
    expect(await startWith('/dev/null')).toMatchObject({ code: 0 });
  });
});

describe('as a plug-in of kubectl', () => {
  test.each([
    ['kubectl-assay', 'Usage: kubectl assay [options] [command]'],
    ['assay', 'Usage: assay [options] [command]'],
  ])('linked as %s', async (name, usage) => {
    const program = assay.path(name);
    symlinkSync(join(root, 'cli/assay.js'), program);
    expect((await assay.run(['--help'], { program })).stdout.split('\n')[0]).toBe(usage);
  });
});
