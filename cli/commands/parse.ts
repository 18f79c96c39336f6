import { Command, Option } from 'commander';
import type { Metric } from '../../measure/metric.ts';
import { formatQuantity } from '../../measure/quantity.ts';
import type { Workload } from '../../runners/workload.ts';
import { exitCode } from '../exit.ts';
import { textOf } from '../manifests.ts';
import { printable } from '../output/printable.ts';
import { table } from '../table.ts';
import { workloadNamed } from '../workload-named.ts';

/** Metrics of one file, or why it holds none. */
type FileMetrics = { file: string; metrics: Metric[] } | { file: string; refusal: string };

export function parseCommand(): Command {
  return new Command('parse')
    .description("Print the metrics in a tool's raw output, or the reason why it holds no trustworthy result (exit 2).")
    .argument('<workload>', 'whose parser to use, see assay workloads')
    .argument('<file...>', "files with the tool's standard output; - is standard input")
    .addOption(new Option('-o, --output <format>', 'how to print').choices(['table', 'json']).default('table'))
    .action((name: string, files: string[], { output }: { output: 'table' | 'json' }) => {
      const workload = workloadNamed(name);
      const parsed = files.map((file) => parseFile(workload, file));
      for (const entry of parsed) {
        if ('refusal' in entry) console.error(`${entry.file}: ${entry.refusal}`);
      }
      const good = parsed.filter((entry) => 'metrics' in entry);
      if (output === 'json') printJson(files.length, good);
      else for (const entry of good) printTable(entry.file, entry.metrics);
      process.exitCode = good.length === files.length ? exitCode.ok : exitCode.benchmarkFailed;
    });
}

function parseFile(workload: Workload, file: string): FileMetrics {
  const parsed = workload.parse({ stdout: textOf(file), stderr: '', exitCode: null, signal: null });
  return parsed.ok ? { file, metrics: parsed.metrics } : { file, refusal: `${parsed.reason}: ${printable(parsed.message)}` };
}

/** One file gives the bare list of metrics, several a list of {file, metrics}. */
function printJson(asked: number, good: { file: string; metrics: Metric[] }[]): void {
  if (asked > 1) console.log(JSON.stringify(good, null, 2));
  else if (good[0]) console.log(JSON.stringify(good[0].metrics, null, 2));
}

function printTable(file: string, metrics: Metric[]): void {
  console.log(file);
  console.log(
    table(
      ['metric', 'value', 'better'],
      metrics.map(({ name, value, unit, better }) => [name, formatQuantity(value, unit), better]),
    ),
  );
}
