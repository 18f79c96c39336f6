/** A command-line option that a user may add. Without `value` it is a switch; with it, the value must match. */
export interface AllowedOption {
  name: string;
  short?: string;
  value?: RegExp;
}

export interface GivenOption {
  name: string;
  value?: string;
}

export type ReadOptions = { ok: true; options: GivenOption[] } | { ok: false; index: number; message: string };

/**
 * Reads options that a user wants to add to a tool's command line, by a list of what is allowed: an option unknown here could write files,
 * change the format that the parser expects, or name another peer.
 * @param args as `--name=value`, `--name value`, `-N value` or `--name`
 * @returns options by their long name, or the first wrong one by its place in `args`
 */
export function readOptions(args: readonly string[], allowed: readonly AllowedOption[]): ReadOptions {
  const options: GivenOption[] = [];
  for (let index = 0; index < args.length; index++) {
    const [, given, inline] = /^(--?[^=]*)(?:=(.*))?$/s.exec(args[index] ?? '') ?? [];
    const option = allowed.find(({ name, short }) => given === `--${name}` || (short !== undefined && given === `-${short}`));
    if (option === undefined) return { ok: false, index, message: `${JSON.stringify(args[index])} is not allowed; ${listed(allowed)}` };
    const { name } = option;
    if (option.value === undefined) {
      if (inline !== undefined) return { ok: false, index, message: `--${name} takes no value` };
      options.push({ name });
      continue;
    }
    const value = inline ?? args[++index];
    if (value === undefined || !option.value.test(value)) {
      return {
        ok: false,
        index: Math.min(index, args.length - 1),
        message: `--${name} needs a value like ${option.value.source}, not ${JSON.stringify(value)}`,
      };
    }
    options.push({ name, value });
  }
  return { ok: true, options };
}

/** Options as arguments; `--name=value` in one piece, so that no value can become an option. */
export function optionArguments(options: readonly GivenOption[]): string[] {
  return options.map(({ name, value }) => (value === undefined ? `--${name}` : `--${name}=${value}`));
}

function listed(allowed: readonly AllowedOption[]): string {
  if (allowed.length > 20) return `the page of the workload lists the ${allowed.length} that are`;
  return `allowed are ${allowed.map(({ name }) => `--${name}`).join(', ')}`;
}
