import { Command } from 'commander';
import { exitCode } from '../exit.ts';
import { problemLine, readManifests } from '../manifests.ts';

export function validateCommand(): Command {
  return new Command('validate')
    .description('Check files offline: what the API server would refuse and what the operator would, all of it at once (exit 1).')
    .argument('<file...>', 'YAML or JSON files; - is standard input')
    .action((files: string[]) => {
      const { objects, problems } = readManifests(files);
      for (const problem of problems) console.error(problemLine(problem));
      if (problems.length === 0) console.log(`${objects.length} object${objects.length === 1 ? '' : 's'} valid`);
      process.exitCode = problems.length === 0 ? exitCode.ok : exitCode.usage;
    });
}
