import type { ResultRecord } from '../../measure/record.ts';
import type { Benchmark } from '../api/types.ts';
import { resultsCsv } from './csv.ts';
import { summaryMarkdown } from './markdown.ts';
import { outcomeOf } from './outcome.ts';
import type { Report } from './outcome.ts';
import { summaryOf } from './summary.ts';
import type { Environment } from './summary.ts';

/** File name -> text. */
export type Files = Record<string, string>;

/** summary.json, results.csv and summary.md of a report. */
export function reportFiles(report: Report, environment: Environment = {}): Files {
  const summary = summaryOf(report, environment);
  const workloadNames = new Map(summary.cells.map(({ index, workload }) => [index, workload ?? '']));
  return {
    'summary.md': summaryMarkdown(summary),
    'summary.json': `${JSON.stringify(summary, undefined, 2)}\n`,
    'results.csv': resultsCsv(report, workloadNames),
  };
}

/**
 * The files of a lone Benchmark: the report, series.json where the tool gave values over time or over
 * message sizes, and the tool's raw output as far as the records hold it.
 * @param benchmark with its final status
 * @param records of the pods of the attempt that ended it
 */
export function benchmarkFiles(benchmark: Benchmark, records: readonly ResultRecord[], environment: Environment = {}): Files {
  const { metadata, spec, status } = benchmark;
  const end = status?.conditions?.find(({ type, status: value }) => (type === 'Complete' || type === 'Failed') && value === 'True');
  const attempts = status?.attempts ?? [];
  const startedAt = attempts[0]?.startedAt;
  const finishedAt = attempts.at(-1)?.finishedAt;
  const report: Report = {
    kind: 'Benchmark',
    name: metadata.name,
    ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
    ...(metadata.uid !== undefined && { uid: metadata.uid }),
    ...(status?.phase && { phase: status.phase }),
    ...(end && { message: end.message }),
    ...(startedAt !== undefined && { startedAt }),
    ...(finishedAt !== undefined && { finishedAt }),
    cells: [{ index: 0, coordinates: {}, spec }],
    runs: [outcomeOf(benchmark)],
  };
  const tools = records.map(({ role, tool }) => ({ role, argv: tool.argv, ...(tool.version !== undefined && { version: tool.version }) }));
  return { ...reportFiles(report, { ...environment, tools }), ...seriesFile(records), ...outputFiles(records) };
}

function seriesFile(records: readonly ResultRecord[]): Files {
  const series = records.flatMap(({ role, index, series: list }) => list.map((one) => ({ role, index, ...one })));
  return series.length === 0 ? {} : { 'series.json': `${JSON.stringify({ version: 1, series })}\n` };
}

function outputFiles(records: readonly ResultRecord[]): Files {
  const files = records.flatMap(({ role, index, output }) =>
    output
      ? ([
          [`${role}-${index}.stdout.txt`, output.stdout],
          [`${role}-${index}.stderr.txt`, output.stderr],
        ] as const)
      : [],
  );
  return Object.fromEntries(files.filter(([, text]) => text !== ''));
}
