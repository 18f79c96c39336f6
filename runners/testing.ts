import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Parsed, ToolOutput } from './workload.ts';

// Builders for the tests of workloads; each names only what a case is about.

/** What a tool left behind that ended well and said nothing. */
export function toolOutput(changes: Partial<ToolOutput> = {}): ToolOutput {
  return { stdout: '', stderr: '', exitCode: 0, signal: null, ...changes };
}

/** A recorded output, as `assay parse` sees it: how the tool ended is not known. */
export function sample(folder: string, name: string): ToolOutput {
  const stderr = join(folder, name.replace(/\.\w+$/, '.stderr.txt'));
  return {
    stdout: existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '',
    stderr: existsSync(stderr) ? readFileSync(stderr, 'utf8') : '',
    exitCode: null,
    signal: null,
  };
}

/** Names of all recordings in a folder; one that has only an error output counts under the name that its standard output would have. */
export function sampleNames(folder: string): string[] {
  const files = readdirSync(folder).filter((name) => /\.\w+$/.test(name));
  const errors = files.filter((name) => name.endsWith('.stderr.txt'));
  const outputs = files.filter((name) => !errors.includes(name));
  const alone = errors
    .map((name) => name.replace('.stderr.txt', ''))
    .filter((stem) => !outputs.some((name) => name.startsWith(`${stem}.`)));
  return [...outputs, ...alone.map((stem) => `${stem}.txt`)].toSorted();
}

/** Metric values by name; a refusal as its reason. */
export function read(parsed: Parsed): Record<string, number> | string {
  return parsed.ok ? Object.fromEntries(parsed.metrics.map(({ name, value }) => [name, value])) : parsed.reason;
}

/** The metrics of a result that must be one. */
export function values(parsed: Parsed): Record<string, number> {
  if (!parsed.ok) throw new Error(`${parsed.reason}: ${parsed.message}`);
  return Object.fromEntries(parsed.metrics.map(({ name, value }) => [name, value]));
}
