import { basename } from 'node:path';
import { Command, CommanderError } from 'commander';
import { ApiError } from '../operator/kube/errors.ts';
import { parseCommand } from './commands/parse.ts';
import { planCommand } from './commands/plan.ts';
import { resultsCommand } from './commands/results.ts';
import { runCommand } from './commands/run.ts';
import { validateCommand } from './commands/validate.ts';
import { whyCommand } from './commands/why.ts';
import { workloadsCommand } from './commands/workloads.ts';
import { exitCode, UsageError } from './exit.ts';
import { version } from './version.ts';

const asPlugin = basename(process.argv[1] ?? '').startsWith('kubectl-');

const program = new Command(asPlugin ? 'kubectl assay' : 'assay')
  .description('Run benchmarks whose numbers can be trusted, on a Kubernetes cluster or on this machine.')
  .version(version)
  .showHelpAfterError('(add --help for the options)')
  .configureHelp({ showGlobalOptions: true })
  .exitOverride();

for (const command of [runCommand, validateCommand, planCommand, resultsCommand, whyCommand, workloadsCommand, parseCommand]) {
  program.addCommand(command().exitOverride().showHelpAfterError('(add --help for the options)'));
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCode.ok : exitCode.usage;
  } else if (error instanceof UsageError || error instanceof ApiError) {
    console.error(error.message);
    process.exitCode = exitCode.usage;
  } else {
    console.error(error);
    process.exitCode = exitCode.usage;
  }
}
