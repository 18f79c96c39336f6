import type { AllowedOption } from '../options.ts';

/** A section of a fio job file. */
export interface Section {
  name: string;
  options: (readonly [key: string, value: string])[];
}

export type ReadJobFile = { ok: true; sections: Section[] } | { ok: false; message: string };

/**
 * Reads a user's job file by a list of allowed options, since fio's language can run programs (exec_prerun, ioengine=exec or external), read
 * and write any file (filename, write_bw_log, include) and change what is reported.
 * @returns the sections, or what is wrong with the line
 */
export function readJobFile(text: string, allowed: readonly AllowedOption[]): ReadJobFile {
  const sections: Section[] = [];
  for (const [index, untrimmed] of text.split('\n').entries()) {
    const line = untrimmed.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const wrong = (message: string): ReadJobFile => ({ ok: false, message: `line ${index + 1}: ${message}` });
    const name = /^\[([A-Za-z0-9_-]{1,64})\]$/.exec(line)?.[1];
    if (name !== undefined) {
      sections.push({ name, options: [] });
      continue;
    }
    const option = readOption(line, allowed);
    if (typeof option === 'string') return wrong(option);
    const section = sections.at(-1);
    if (section === undefined) return wrong('an option stands before the first [section]');
    section.options.push(option);
  }
  if (sections.every(({ name }) => name === 'global')) return { ok: false, message: 'there is no section of a job, such as [job]' };
  return { ok: true, sections };
}

function readOption(line: string, allowed: readonly AllowedOption[]): readonly [string, string] | string {
  // A flag may stand without a value.
  const [, key, value = '1'] = /^([a-z_]+)\s*(?:=\s*(.*))?$/.exec(line) ?? [];
  const option = allowed.find(({ name }) => name === key);
  if (key === undefined || option === undefined) {
    return `${JSON.stringify(key ?? line)} is not allowed; only options of the load are, and time, files and reports come from the parameters`;
  }
  return option.value?.test(value) === true ? [key, value] : `${key} does not take ${JSON.stringify(value)}`;
}

/** Sections as the text of a job file. */
export function jobFileText(sections: readonly Section[]): string {
  return sections.map(({ name, options }) => [`[${name}]`, ...options.map(([key, value]) => `${key}=${value}`), ''].join('\n')).join('');
}

/** Sections as arguments; `--name=global` begins a global section on the command line too. */
export function jobArguments(sections: readonly Section[]): string[] {
  return sections.flatMap(({ name, options }) => [`--name=${name}`, ...options.map(([key, value]) => `--${key}=${value}`)]);
}
