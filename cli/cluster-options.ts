import type { Command } from 'commander';

/** The options by which every kubectl plugin finds its cluster. */
export function clusterOptions(command: Command): Command {
  return command
    .option('-n, --namespace <name>', 'namespace of objects that name none')
    .option('--context <name>', 'context of the kubeconfig')
    .option('--kubeconfig <file>', 'path of the kubeconfig');
}
