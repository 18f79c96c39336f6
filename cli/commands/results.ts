import { Command, Option } from 'commander';
import { clusterOptions } from '../cluster-options.ts';
import { UsageError } from '../exit.ts';
import { type OutputFormat, outputFormats, printResults } from '../output/print.ts';
import { writeFiles } from '../output/write.ts';
import { fetchResults } from '../results.ts';
import { openCluster, type SessionOptions } from '../session.ts';

interface ResultsOptions extends SessionOptions {
  output: OutputFormat;
  out?: string;
}

export function resultsCommand(): Command {
  const command = new Command('results')
    .description('Print the results of a Benchmark or BenchmarkSet in the cluster.')
    .argument('<name>')
    .addOption(new Option('-o, --output <format>', 'how to print').choices(outputFormats).default('table'))
    .option('--out <dir>', 'also write the files into this folder');
  return clusterOptions(command).action(async (name: string, options: ResultsOptions) => {
    const session = await openCluster(options);
    try {
      const results = await fetchResults(session.client, { name, namespace: session.namespace });
      if (!results) throw new UsageError(`${name} has no results in namespace ${session.namespace}; assay why ${name} says how it stands`);
      if (options.out !== undefined) writeFiles(options.out, [results]);
      console.log(printResults([results], options.output));
    } finally {
      await session.close();
    }
  });
}
