import { readFileSync } from 'node:fs';
import { type FileProblem, type Manifest, validateFile } from '../operator/api/manifest.ts';
import { UsageError } from './exit.ts';

/** All objects of the files, and every problem of every file. */
export function readManifests(files: string[]): { objects: Manifest[]; problems: FileProblem[] } {
  const read = files.map((file) => validateFile(textOf(file), file));
  return { objects: read.flatMap(({ objects }) => objects), problems: read.flatMap(({ problems }) => problems) };
}

/** `net.yaml:14 spec.iperf.streams: -1 is not allowed; 1 to 128` */
export function problemLine({ file, line, path, message }: FileProblem): string {
  return `${file}:${line}${path ? ` ${path}` : ''}: ${message}`;
}

function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`);
  }
}
