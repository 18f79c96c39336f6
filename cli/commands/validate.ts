import { Command } from 'commander';
import { readManifests } from '../manifests.ts';

export function validateCommand(): Command {
  return new Command('validate')
    .description('Check files offline: what the API server would refuse and what the operator would, all of it at once (exit 1).')
    .argument('<file...>', 'YAML or JSON files, or folders of them; - is standard input')
    .action((files: string[]) => {
      const { length } = readManifests(files);
      console.log(`${length} object${length === 1 ? '' : 's'} valid`);
    });
}
