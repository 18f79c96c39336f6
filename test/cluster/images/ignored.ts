import { matchesGlob } from 'node:path';

/**
 * Whether a path of the context is left out.
 * @param ignoreFile text of a .dockerignore; without exceptions (`!`), which are refused
 */
export function ignored(ignoreFile: string): (path: string) => boolean {
  const patterns = ignoreFile
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const exception = patterns.find((pattern) => pattern.startsWith('!'));
  if (exception !== undefined) throw new Error(`.dockerignore: ${exception}: exceptions are not understood`);
  return (path) => patterns.some((pattern) => matchesGlob(path, pattern) || matchesGlob(path, `${pattern}/**`));
}
