import { parseArgs } from 'node:util';
import { defaultName } from './layout.ts';

/** What a person asked for. */
export type Request =
  | { readonly action: 'up'; readonly name: string; readonly audit: boolean }
  | { readonly action: 'down' | 'status'; readonly name: string }
  | { readonly action: 'load' }
  | { readonly action: 'run' | 'kubectl'; readonly name: string; readonly words: readonly string[] };

export const usage = `Usage: npm run cluster -- [--name NAME] COMMAND
  up [--audit]     brings up two nodes and a control plane, and returns when they are ready
  load             builds the images whose inputs changed, and has the registry of every cluster serve them
  status           what runs; exit code 1 if not everything does
  kubectl ...      kubectl as administrator
  run PROGRAM ...  a program where the API server can be reached, with KUBECONFIG set and kubectl and helm on the PATH
  down             ends and removes everything
NAME is ${defaultName} unless told otherwise; several clusters may be up at once.`;

/** Reads the command line. The name may stand before or, except with run and kubectl, after the command. @throws with the usage */
export function parseRequest(words: readonly string[]): Request {
  const at = words.findIndex((word, index) => !word.startsWith('-') && words[index - 1] !== '--name');
  const action = words[at];
  if (action === undefined) throw new Error(usage);
  const before = words.slice(0, at);
  const after = words.slice(at + 1);
  switch (action) {
    case 'up':
      return { action, ...options([...before, ...after], true) };
    case 'down':
    case 'status':
      return { action, name: options([...before, ...after], false).name };
    case 'load':
      // All clusters have the same images.
      if (before.length + after.length > 0) throw new Error(`load takes no options\n${usage}`);
      return { action };
    case 'run':
      if (after.length === 0) throw new Error(`run needs a program to run\n${usage}`);
      return { action, name: options(before, false).name, words: after };
    case 'kubectl':
      return { action, name: options(before, false).name, words: after };
    default:
      throw new Error(`${JSON.stringify(action)} is no command\n${usage}`);
  }
}

function options(args: string[], withAudit: boolean): { name: string; audit: boolean } {
  try {
    const { values } = parseArgs({
      args,
      options: { name: { type: 'string', default: defaultName }, audit: { type: 'boolean', default: false } },
    });
    if (values.audit && !withAudit) throw new Error("Unknown option '--audit'");
    return values;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${usage}`, { cause: error });
  }
}
