import { Command } from 'commander';
import { clusterOptions } from '../cluster-options.ts';
import { openCluster, type SessionOptions } from '../session.ts';
import { why } from '../why.ts';

export function whyCommand(): Command {
  const command = new Command('why')
    .description('Say why a Benchmark or BenchmarkSet waits or failed, with the evidence.')
    .argument('<name>');
  return clusterOptions(command).action(async (name: string, options: SessionOptions) => {
    const session = await openCluster(options);
    try {
      console.log(await why(session.client, name, session.namespace));
    } finally {
      await session.close();
    }
  });
}
