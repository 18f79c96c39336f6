import { Command } from 'commander';
import { stringify } from 'yaml';
import { convertText } from '../convert/convert.ts';
import { UsageError } from '../exit.ts';
import { filesOf, nameOf, textOf } from '../manifests.ts';
import { printable } from '../output/printable.ts';

export function convertCommand(): Command {
  return new Command('convert')
    .description(
      'Print manifests of kube-perftest (perftest.stackhpc.com, perftest.nscale.com) as manifests of Assay; what has no counterpart is named. Exit 1 where one cannot be converted.',
    )
    .argument('<file...>', 'YAML or JSON files, or folders of them; - is standard input')
    .action((paths: string[]) => {
      const read = filesOf(paths).map((file) => ({ name: nameOf(file), made: convertText(textOf(file)) }));
      const lines = (kind: 'notes' | 'problems') =>
        read.flatMap(({ name, made }) =>
          made[kind].map(({ line, path, message }) => printable(`${name}:${line}${path && ` ${path}`}: ${message}`)),
        );
      for (const line of lines('notes')) console.error(line);
      const problems = lines('problems');
      if (problems.length > 0) throw new UsageError(problems.join('\n'));
      console.log(read.flatMap(({ made }) => made.objects.map((object) => stringify(object).trimEnd())).join('\n---\n'));
    });
}
