import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import type { Metric } from '../../measure/metric.ts';
import { formatQuantity } from '../../measure/quantity.ts';
import { workloads } from '../../runners/registry.ts';
import { exitCode, UsageError } from '../exit.ts';
import { table } from '../table.ts';

/** Metrics of one file, or why it holds none. */
type FileMetrics = { file: string; metrics: Metric[] } | { file: string; refusal: string };

export function parseCommand(): Command {
  return new Command('parse')
    .description("Print the metrics in a tool's raw output, or the reason why it holds no trustworthy result (exit 2).")
    .argument('<workload>', 'whose parser to use, see assay workloads')
    .argument('<file...>', "files with the tool's standard output; - is standard input")
    .addOption(new Option('-o, --output <format>', 'how to print').choices(['table', 'json']).default('table'))
    .action((name: string, files: string[], { output }: { output: 'table' | 'json' }) => {
      const parsed = files.map((file) => parseFile(name, file));
      for (const entry of parsed) {
        if ('refusal' in entry) console.error(`${entry.file}: ${entry.refusal}`);
      }
      const good = parsed.filter((entry) => 'metrics' in entry);
      if (output === 'json') printJson(files.length, good);
      else for (const entry of good) printTable(entry.file, entry.metrics);
      process.exitCode = good.length === files.length ? exitCode.ok : exitCode.benchmarkFailed;
    });
}

function parseFile(name: string, file: string): FileMetrics {
  const workload = Object.hasOwn(workloads, name) ? workloads[name] : undefined;
  if (!workload) throw new UsageError(`${name} is no workload; there are ${Object.keys(workloads).join(', ')}`);
  let stdout: string;
  try {
    stdout = readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`);
  }
  const parsed = workload.parse({ stdout, stderr: '', exitCode: null, signal: null });
  return parsed.ok ? { file, metrics: parsed.metrics } : { file, refusal: `${parsed.reason}: ${parsed.message}` };
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
