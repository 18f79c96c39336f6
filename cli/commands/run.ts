import { Command, Option } from 'commander';
import { clusterOptions } from '../cluster-options.ts';
import { outputFormats } from '../output/print.ts';
import { run, type RunOptions } from '../run.ts';

export function runCommand(): Command {
  const command = new Command('run')
    .description(
      'Run the benchmarks of the files, follow them, and print their results. Exit 0 all good, 1 wrong input, 2 a benchmark failed.',
    )
    .argument('<file...>', 'YAML or JSON files, or folders of them; - is standard input')
    .option('--local', 'run the operator in this process and pods as local processes; the default where there is no kubeconfig')
    .addOption(new Option('-o, --output <format>', 'how to print results').choices(outputFormats).default('table'))
    .option('--out <dir>', 'also write summary.json, results.csv and summary.md of each object into this folder')
    .option('--timeout <duration>', 'cancel what is not finished by then, e.g. 10m');
  return clusterOptions(command).action(async (files: string[], options: RunOptions) => {
    process.exitCode = await run(files, options);
  });
}
