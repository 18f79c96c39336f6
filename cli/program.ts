import { Command } from 'commander';
import { convertCommand } from './commands/convert.ts';
import { parseCommand } from './commands/parse.ts';
import { planCommand } from './commands/plan.ts';
import { resultsCommand } from './commands/results.ts';
import { runCommand } from './commands/run.ts';
import { validateCommand } from './commands/validate.ts';
import { whyCommand } from './commands/why.ts';
import { workloadsCommand } from './commands/workloads.ts';
import { version } from './version.ts';

const commands = [runCommand, validateCommand, planCommand, resultsCommand, whyCommand, workloadsCommand, parseCommand, convertCommand];

/** The whole command line. @param name as the user calls it: `assay`, or `kubectl assay` as a plug-in */
export function program(name: string): Command {
  const root = strict(new Command(name))
    .description('Run benchmarks whose numbers can be trusted, on a Kubernetes cluster or on this machine.')
    .version(version)
    .addHelpText('after', `\nA first look, on this machine:\n  ${name} run --local examples/quickstart.yaml`);
  for (const command of commands) root.addCommand(strict(command()));
  return root;
}

/** Wrong usage throws instead of ending the process, and says where to look. */
function strict(command: Command): Command {
  return command.exitOverride().showHelpAfterError('(add --help for the options)');
}
