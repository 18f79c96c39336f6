import type { Refusal } from '../ending.ts';
import { failedTool, refuse } from '../ending.ts';
import { figures } from '../figures.ts';
import { diagnose } from '../perftest/diagnose.ts';
import { isTestOf, otherTest, unevenRows } from '../perftest/ran.ts';
import { readReport } from '../perftest/report.ts';
import { programOf } from '../perftest/settings.ts';
import { bySize, frequencyWarnings } from '../perftest/table.ts';
import type { Parsed, ToolOutput } from '../workload.ts';
import { metrics, times } from './metrics.ts';
import type { RdmaLatencyParameters } from './parameters.ts';

const byIterations =
  '#bytes #iterations t_min[usec] t_max[usec] t_typical[usec] t_avg[usec] t_stdev[usec] 99% percentile[usec] 99.9% percentile[usec]';
const byTime = '#bytes #iterations t_avg[usec] tps average';

interface Row {
  bytes: number;
  iterations: number;
  /** Average time, seconds. */
  mean: number;
  /** All that the row measured, by metric. */
  values: Readonly<Record<string, number>>;
}

/** Reads the table of ib_*_lat in microseconds. A run is good when it is whole, is the one asked for, and its times are in their order. */
export function parseLatency(output: ToolOutput, parameters?: RdmaLatencyParameters): Parsed {
  const program = parameters === undefined ? 'ib_*_lat' : programOf('Latency', parameters);
  const failure = failedTool(program, output);
  if (failure) return diagnose(output) ?? failure;
  const report = readReport(program, output.stdout, { [byIterations]: 9, [byTime]: 4 });
  if ('reason' in report) return diagnose(output) ?? report;
  if (!isTestOf('Latency', report)) {
    return refuse('OutputUnparsable', `this is no test of latency, but: ${report.title || 'without a title'}`);
  }
  const timed = report.header === byTime;
  const rows = report.rows.map(timed ? timedRow : countedRow);
  const wrong =
    unevenRows(report) ??
    disorder(rows) ??
    (parameters && (otherWay(timed, parameters) ?? otherTest('Latency', report, parameters, output.elapsed)));
  if (wrong) return wrong;
  const sizes = rows.map(({ bytes }) => bytes);
  const measured = metrics.filter(({ name }) => rows.every(({ values }) => values[name] !== undefined));
  return {
    ok: true,
    metrics: figures(measured, rows.toSorted((a, b) => a.mean - b.mean)[0]?.values ?? {}),
    series: [
      ...measured.map(({ name, unit }) =>
        bySize(
          sizes,
          name,
          unit,
          rows.map(({ values }) => values[name] ?? 0),
        ),
      ),
      bySize(
        sizes,
        'iterations',
        'count',
        rows.map(({ iterations }) => iterations),
      ),
    ],
    warnings: frequencyWarnings(report),
  };
}

function countedRow([bytes, iterations, ...printed]: readonly string[]): Row {
  const values = Object.fromEntries(times.map(([name], index) => [name, seconds(printed[index])]));
  return { bytes: Number(bytes), iterations: Number(iterations), mean: values['latencyMean'] ?? NaN, values };
}

function timedRow([bytes, iterations, average, rate]: readonly string[]): Row {
  const mean = seconds(average);
  return { bytes: Number(bytes), iterations: Number(iterations), mean, values: { latencyMean: mean, transactionRate: Number(rate) } };
}

/** Printed microseconds, without the error of a division. */
function seconds(printed = ''): number {
  return Number(`${printed}e-6`);
}

/** A time of nothing, or a point of the distribution on the wrong side of another. */
function disorder(rows: readonly Row[]): Refusal | undefined {
  const wrong = rows.find(({ mean, values }) => {
    const {
      latencyMin: min = 0,
      latencyP50: median = mean,
      latencyP99: p99 = median,
      latencyP999: p999 = p99,
      latencyMax: max = Infinity,
    } = values;
    return mean <= 0 || !(min <= mean && mean <= max && min <= median && median <= p99 && p99 <= p999 && p999 <= max);
  });
  return wrong && refuse('OutputUnparsable', `at ${wrong.bytes} B the times are not in their order: ${JSON.stringify(wrong.values)}`);
}

function otherWay(timed: boolean, { duration }: RdmaLatencyParameters): Refusal | undefined {
  if (timed === (duration !== undefined)) return undefined;
  return refuse('OutputUnparsable', `perftest measured by ${timed ? 'time' : 'iterations'}, which was not asked for`);
}
