import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UsageError } from '../exit.ts';
import type { Results } from '../results.ts';

/**
 * Writes the files of each object into `<folder>/<object>/`.
 * @returns the folders written
 * @throws UsageError for a name that would leave the folder: names come from the cluster
 */
export function writeFiles(folder: string, results: readonly Results[]): string[] {
  return results.map(({ name, files }) => {
    const place = join(folder, name);
    mkdirSync(place, { recursive: true });
    for (const [file, text] of Object.entries(files)) {
      if (basename(file) !== file || file === '.' || file === '..')
        throw new UsageError(`${name}: the results hold a file ${JSON.stringify(file)}, which is not written`);
      writeFileSync(join(place, file), text);
    }
    return place;
  });
}
