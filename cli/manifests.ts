import { messageOf } from '../operator/kube/errors.ts';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type CheckedFile, type FileProblem, type Manifest, validateFile } from '../operator/api/manifest.ts';
import { UsageError } from './exit.ts';
import { clashes } from './clashes.ts';
import { printable } from './output/printable.ts';

/**
 * The valid objects of files, of the YAML and JSON files of folders, and of standard input (`-`).
 * @throws UsageError with every problem of every file, one a line
 */
export function readManifests(paths: string[]): Manifest[] {
  const read = filesOf(paths).map(checked);
  const problems = [...read.flatMap((file) => file.problems).map(problemLine), ...clashes(read)];
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  return read.flatMap(({ objects }) => objects);
}

function checked(file: string): CheckedFile & { file: string } {
  return { file, ...validateFile(textOf(file), file) };
}

/** Text of a file, or of standard input for `-`. @throws UsageError that says why it cannot be read */
export function textOf(file: string): string {
  return attempt(file, () => readFileSync(file === '-' ? 0 : file, 'utf8'));
}

/** Each file once: those named, and the YAML and JSON files of named folders. @throws UsageError where there is none */
export function filesOf(paths: readonly string[]): string[] {
  return [...new Set(paths.flatMap(filesAt))];
}

/** For people. */
export function nameOf(file: string): string {
  return file === '-' ? 'standard input' : file;
}

function filesAt(path: string): string[] {
  if (path === '-' || !attempt(path, () => statSync(path)).isDirectory()) return [path];
  const files = readdirSync(path)
    .filter((name) => /\.(ya?ml|json)$/.test(name))
    .toSorted();
  if (files.length === 0) throw new UsageError(`${path}: the folder holds no .yaml, .yml or .json file`);
  return files.map((name) => join(path, name));
}

function attempt<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const said = messageOf(error);
    throw new UsageError(`${file}: ${said.startsWith('ENOENT') ? 'no such file' : `cannot be read: ${said}`}`, { cause: error });
  }
}

/** `net.yaml:14 spec.iperf.streams: -1 is not allowed; 1 to 128` */
function problemLine({ file, line, path, message }: FileProblem): string {
  return printable(`${nameOf(file)}:${line}${path ? ` ${path}` : ''}: ${message}`);
}
