import { Command, Option } from 'commander';
import { clusterOptions } from '../cluster-options.ts';
import { UsageError } from '../exit.ts';
import { listing } from '../listing.ts';
import { type OutputFormat, outputFormats, printResults } from '../output/print.ts';
import { writeFiles } from '../output/write.ts';
import { fetchResults } from '../results.ts';
import { openCluster, type Session, type SessionOptions } from '../session.ts';

interface ResultsOptions extends SessionOptions {
  output: OutputFormat;
  out?: string;
  allNamespaces?: boolean;
}

export function resultsCommand(): Command {
  const command = new Command('results')
    .description('Print the results of a Benchmark or BenchmarkSet in the cluster; without a name, list what there is.')
    .argument('[name]')
    .option('-A, --all-namespaces', 'list the objects of all namespaces')
    .addOption(new Option('-o, --output <format>', 'how to print results').choices(outputFormats).default('table'))
    .option('--out <dir>', 'also write the files into this folder');
  return clusterOptions(command).action(async (name: string | undefined, options: ResultsOptions) => {
    if (name !== undefined && options.allNamespaces)
      throw new UsageError('a name is in one namespace: leave out -A, or the name to list all');
    const session = await openCluster(options);
    try {
      if (name === undefined) console.log(await listing(session.client, options.allNamespaces ? undefined : session.namespace, Date.now()));
      else await printOne(session, name, options);
    } finally {
      await session.close();
    }
  });
}

async function printOne({ client, namespace }: Session, name: string, { output, out }: ResultsOptions): Promise<void> {
  const results = await fetchResults(client, { name, namespace });
  if (!results) throw new UsageError(`${name} has no results in namespace ${namespace}; assay why ${name} says how it stands`);
  if (out !== undefined) for (const folder of writeFiles(out, [results])) console.error(`wrote ${folder}`);
  console.log(printResults([results], output));
}
