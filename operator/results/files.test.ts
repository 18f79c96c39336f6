import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Series } from '../../measure/metric.ts';
import type { ResultRecord } from '../../measure/record.ts';
import type { BenchmarkStatus } from '../api/types.ts';
import { attempt, bandwidth, failedRun, nap, record, report, run } from './builders.ts';
import { benchmarkFiles, reportFiles } from './files.ts';
import type { Files } from './files.ts';

const schema: object = JSON.parse(readFileSync(new URL('../../docs/schema/summary.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);
const problems = (files: Files) => {
  validate(JSON.parse(files['summary.json'] ?? '{}'));
  return validate.errors ?? [];
};

const status = (more: Partial<BenchmarkStatus> = {}): BenchmarkStatus => ({
  phase: 'Succeeded',
  metrics: [bandwidth(1e9)],
  attempts: [attempt({ startedAt: '2026-11-21T12:00:00Z', finishedAt: '2026-11-21T12:00:05Z' })],
  conditions: [
    {
      type: 'Complete',
      status: 'True',
      reason: 'Finished',
      message: 'done',
      observedGeneration: 1,
      lastTransitionTime: '2026-11-21T12:00:05Z',
    },
  ],
  ...more,
});

describe('summary.json keeps to its schema', () => {
  test.each([
    ['a set', reportFiles(report({ runs: [run({ metrics: [bandwidth(1)] })] }), { assay: '0.1.0', kubernetes: 'v1.34.0' })],
    ['a set with its design', reportFiles(report({ design: { repetitions: 5, warmup: 1, order: 'Random', seed: 42, parallelism: 1 } }))],
    ['a sweep over pairs of nodes', reportFiles(report({ pairs: ['placement.nodes.server', 'placement.nodes.client'] }))],
    ['a set with failures', reportFiles(report({ runs: [failedRun(), run({ repetition: 1, warnings: ['w'] })] }))],
    ['a set without runs', reportFiles(report())],
    ['a benchmark', benchmarkFiles(nap(status()), [record()])],
    ['a failed benchmark', benchmarkFiles(nap(status({ phase: 'Failed' })), [])],
    ['a benchmark without status', benchmarkFiles(nap({}), [])],
  ])('%s', (_, files) => {
    expect(problems(files)).toEqual([]);
  });

  test('which refuses what it does not know', () => {
    const files = reportFiles(report());
    const changed = { ...JSON.parse(files['summary.json'] ?? '{}'), verdict: 'good' };
    expect(problems({ 'summary.json': JSON.stringify(changed) })).not.toEqual([]);
  });
});

const summaryOf = (more: Partial<BenchmarkStatus>) => JSON.parse(benchmarkFiles(nap(status(more)), [])['summary.json'] ?? '');
const names = (records: ResultRecord[]) => Object.keys(benchmarkFiles(nap(status()), records));

describe('files of a lone Benchmark', () => {
  const three = ['summary.md', 'summary.json', 'results.csv'];
  const output = { stdout: 'out', stderr: 'err', truncated: false };

  test.each<[string, ResultRecord[], string[]]>([
    ['without records', [], three],
    ['without series and output', [record()], three],
    [
      'with series',
      [record({ series: [{ name: 'bandwidth', unit: 'bit/s', start: 0, interval: 1, values: [1] }] })],
      [...three, 'series.json'],
    ],
    ['with output', [record({ output })], [...three, 'sleeper-0.stdout.txt', 'sleeper-0.stderr.txt']],
    ['with empty output', [record({ output: { ...output, stderr: '' } })], [...three, 'sleeper-0.stdout.txt']],
    [
      'of two pods',
      [record({ output }), record({ index: 1, output: { ...output, stderr: '' } })],
      [...three, 'sleeper-0.stdout.txt', 'sleeper-0.stderr.txt', 'sleeper-1.stdout.txt'],
    ],
  ])('%s', (_, records, expected) => {
    expect(names(records)).toEqual(expected);
  });

  test('series say whose they are', () => {
    const series: Series[] = [{ name: 'bandwidth', unit: 'bit/s', start: 0, interval: 1, values: [1, 2] }];
    const files = benchmarkFiles(nap(status()), [record({ role: 'client', series })]);
    expect(JSON.parse(files['series.json'] ?? '')).toEqual({ version: 1, series: [{ role: 'client', index: 0, ...series[0] }] });
  });

  test('the text of an output file is what the tool wrote', () => {
    const files = benchmarkFiles(nap(status()), [record({ role: 'client', index: 2, output: { ...output, stdout: 'µ\n\0' } })]);
    expect([files['client-2.stdout.txt'], files['client-2.stderr.txt']]).toEqual(['µ\n\0', 'err']);
  });

  const condition = { status: 'True', reason: 'r', observedGeneration: 1, lastTransitionTime: '2026-11-21T12:00:05Z' } as const;

  test.each<[string, NonNullable<BenchmarkStatus['conditions']>, string | undefined]>([
    ['that it failed', [{ ...condition, type: 'Failed', message: 'no node' }], 'no node'],
    [
      'which end it was, not which it was not',
      [
        { ...condition, type: 'Complete', status: 'False', message: 'not yet' },
        { ...condition, type: 'Failed', message: 'no node' },
      ],
      'no node',
    ],
    ['nothing of what came before the end', [{ ...condition, type: 'Accepted', message: 'accepted' }], undefined],
  ])('the message says %s', (_, conditions, message) => {
    expect(summaryOf({ conditions }).message).toBe(message);
  });

  test('the times are from the begin of the first attempt to the end of the last', () => {
    const attempts = [1, 2].map((hour) => attempt({ startedAt: `2026-11-21T0${hour}:00:00Z`, finishedAt: `2026-11-21T0${hour}:30:00Z` }));
    expect(summaryOf({ attempts })).toMatchObject({ startedAt: '2026-11-21T01:00:00Z', finishedAt: '2026-11-21T02:30:00Z' });
  });

  test('the summary holds the attempts’ times, the tools and the figures', () => {
    const summary = JSON.parse(
      benchmarkFiles(nap(status()), [record({ tool: { argv: ['sleep', '1'], version: '9.1', exitCode: 0, signal: null } })])[
        'summary.json'
      ] ?? '',
    );
    expect(summary).toMatchObject({
      kind: 'Benchmark',
      startedAt: '2026-11-21T12:00:00Z',
      finishedAt: '2026-11-21T12:00:05Z',
      message: 'done',
      environment: { nodes: ['worker-1'], tools: [{ role: 'sleeper', argv: ['sleep', '1'], version: '9.1' }] },
      cells: [{ workload: 'sleep', metrics: { bandwidth: { n: 1, median: 1e9 } } }],
    });
  });
});
