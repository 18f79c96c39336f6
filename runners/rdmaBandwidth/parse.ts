import type { Series } from '../../measure/metric.ts';
import type { Refusal } from '../ending.ts';
import { failedTool, refuse } from '../ending.ts';
import { figures } from '../figures.ts';
import { diagnose } from '../perftest/diagnose.ts';
import { isTestOf, otherTest, unevenRows } from '../perftest/ran.ts';
import { readReport } from '../perftest/report.ts';
import { programOf } from '../perftest/settings.ts';
import { bySize, frequencyWarnings } from '../perftest/table.ts';
import type { Parsed, ToolOutput } from '../workload.ts';
import { metrics } from './metrics.ts';
import type { RdmaBandwidthParameters } from './parameters.ts';

const gigabits = '#bytes #iterations BW peak[Gb/sec] BW average[Gb/sec] MsgRate[Mpps]';
// Older versions write MB and mean MiB, newer ones write MiB.
const mebibytes = ['MB', 'MiB'].map((unit) => `#bytes #iterations BW peak[${unit}/sec] BW average[${unit}/sec] MsgRate[Mpps]`);
const columns = Object.fromEntries([gigabits, ...mebibytes].map((header) => [header, 5]));

/** One row, in bit/s and messages per second; a peak of 0 was not measured. */
interface Row {
  bytes: number;
  iterations: number;
  peak: number;
  average: number;
  rate: number;
}

/** Reads the table of ib_*_bw --report_gbits. A run is good when it is whole, is the one asked for, and its bandwidths agree with its rates. */
export function parseBandwidth(output: ToolOutput, parameters?: RdmaBandwidthParameters): Parsed {
  const program = parameters === undefined ? 'ib_*_bw' : programOf('Bandwidth', parameters);
  const failure = failedTool(program, output);
  if (failure) return diagnose(output) ?? failure;
  const report = readReport(program, output.stdout, columns);
  if ('reason' in report) return diagnose(output) ?? report;
  if (!isTestOf('Bandwidth', report))
    return refuse('OutputUnparsable', `this is no one-way test of bandwidth, but: ${report.title || 'without a title'}`);
  if (report.header !== gigabits) {
    return refuse('OutputUnparsable', `${program} printed MiB/s (older versions call it MB/sec); run it with --report_gbits`);
  }
  const rows = report.rows.map(rowOf);
  const wrong =
    unevenRows(report) ??
    contradiction(rows, report.rows) ??
    (parameters === undefined ? undefined : otherTest('Bandwidth', report, parameters, output.elapsed));
  if (wrong) return wrong;
  return { ok: true, metrics: figures(metrics, best(rows)), series: table(rows), warnings: frequencyWarnings(report) };
}

function rowOf(cells: readonly string[]): Row {
  const [bytes = NaN, iterations = NaN, peak = NaN, average = NaN, rate = NaN] = cells.map(Number);
  return { bytes, iterations, peak: peak * 1e9, average: average * 1e9, rate: rate * 1e6 };
}

/** perftest prints the average twice, as bits and as messages; where they differ by more than their last digits, one of them is damaged. */
function contradiction(rows: readonly Row[], printed: readonly (readonly string[])[]): Refusal | undefined {
  const wrong = rows.find(({ bytes, average, rate }, index) => {
    const byRate = bytes * 8 * rate;
    const rounded = 1e9 * lastDigit(printed[index]?.[3]) + bytes * 8 * 1e6 * lastDigit(printed[index]?.[4]);
    return average <= 0 || rate <= 0 || Math.abs(average - byRate) > rounded * 0.51 + byRate * 0.001;
  });
  if (!wrong) return undefined;
  return refuse(
    'OutputUnparsable',
    `at ${wrong.bytes} B the average of ${wrong.average} bit/s does not agree with ${wrong.rate} messages per second`,
  );
}

/** What one in the last place of a printed number is worth: 0.01 for 98.03. */
function lastDigit(text = ''): number {
  return 10 ** -(text.split('.')[1]?.length ?? 0);
}

function best(rows: readonly Row[]): Record<string, number | undefined> {
  const peak = Math.max(...rows.map((row) => row.peak));
  return {
    peakBandwidth: peak > 0 ? peak : undefined,
    bandwidth: Math.max(...rows.map((row) => row.average)),
    messageRate: Math.max(...rows.map((row) => row.rate)),
  };
}

function table(rows: readonly Row[]): Series[] {
  const sizes = rows.map(({ bytes }) => bytes);
  return [
    ...(rows.every(({ peak }) => peak > 0)
      ? [
          bySize(
            sizes,
            'peakBandwidth',
            'bit/s',
            rows.map(({ peak }) => peak),
          ),
        ]
      : []),
    bySize(
      sizes,
      'bandwidth',
      'bit/s',
      rows.map(({ average }) => average),
    ),
    bySize(
      sizes,
      'messageRate',
      '1/s',
      rows.map(({ rate }) => rate),
    ),
    bySize(
      sizes,
      'iterations',
      'count',
      rows.map(({ iterations }) => iterations),
    ),
  ];
}
