import { parseArgs } from 'node:util';
import { addOnNames, parseAddOns } from './add-ons/names.ts';
import type { AddOnName } from './add-ons/names.ts';
import { defaultName } from './layout.ts';

/** What a person asked for. */
export type Request =
  | { readonly action: 'up'; readonly name: string; readonly audit: boolean; readonly addOns: readonly AddOnName[] }
  | { readonly action: 'down' | 'status'; readonly name: string }
  | { readonly action: 'load' }
  | { readonly action: 'run' | 'kubectl'; readonly name: string; readonly words: readonly string[] };

export const usage = `Usage: npm run cluster -- [--name NAME] COMMAND
  up [--audit] [--with ADD-ON,...]
                   brings up two nodes and a control plane, and returns when they are ready; add-ons are ${addOnNames.join(', ')}
  load             builds the images whose inputs changed, and has the registry of every cluster serve them
  status           what runs; exit code 1 if not everything does
  kubectl ...      kubectl as administrator
  run PROGRAM ...  a program where the API server can be reached, with KUBECONFIG set and kubectl and helm on the PATH
  down             ends and removes everything
NAME is ${defaultName} unless told otherwise; several clusters may be up at once.`;

/** Reads the command line. The name may stand before or, except with run and kubectl, after the command. @throws with the usage */
export function parseRequest(words: readonly string[]): Request {
  const at = words.findIndex((word, index) => !word.startsWith('-') && !['--name', '--with'].includes(words[index - 1] ?? ''));
  const action = words[at];
  if (action === undefined) throw new Error(usage);
  const before = words.slice(0, at);
  const after = words.slice(at + 1);
  switch (action) {
    case 'up':
      return { action, ...upOptions([...before, ...after]) };
    case 'down':
    case 'status':
      return { action, name: nameIn([...before, ...after]) };
    case 'load':
      // All clusters have the same images.
      if (before.length + after.length > 0) throw new Error(`load takes no options\n${usage}`);
      return { action };
    case 'run':
      if (after.length === 0) throw new Error(`run needs a program to run\n${usage}`);
      return { action, name: nameIn(before), words: after };
    case 'kubectl':
      return { action, name: nameIn(before), words: after };
    default:
      throw new Error(`${JSON.stringify(action)} is no command\n${usage}`);
  }
}

const nameOption = { name: { type: 'string', default: defaultName } } as const;

function upOptions(args: string[]): { name: string; audit: boolean; addOns: AddOnName[] } {
  return withUsage(() => {
    const options = { ...nameOption, audit: { type: 'boolean', default: false }, with: { type: 'string', default: '' } } as const;
    const { name, audit, with: addOns } = parseArgs({ args, options }).values;
    return { name, audit, addOns: parseAddOns(addOns) };
  });
}

function nameIn(args: string[]): string {
  return withUsage(() => parseArgs({ args, options: nameOption }).values.name);
}

function withUsage<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${usage}`, { cause: error });
  }
}
