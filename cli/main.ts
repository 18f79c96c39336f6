import { basename } from 'node:path';
import { CommanderError } from 'commander';
import { describeError } from './describe-error.ts';
import { exitCode } from './exit.ts';
import { program } from './program.ts';

// A reader that has seen enough, such as head, closes the pipe; that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await program(basename(process.argv[1] ?? '').startsWith('kubectl-') ? 'kubectl assay' : 'assay').parseAsync();
} catch (error) {
  const said = error instanceof CommanderError;
  if (!said) console.error(describeError(error));
  process.exitCode = said && error.exitCode === 0 ? exitCode.ok : exitCode.usage;
}
