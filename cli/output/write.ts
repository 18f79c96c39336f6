import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Results } from '../results.ts';

/** Writes the files of each object into `<folder>/<object>/`. @returns the folders written */
export function writeFiles(folder: string, results: readonly Results[]): string[] {
  return results.map(({ name, files }) => {
    const place = join(folder, name);
    mkdirSync(place, { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(place, file), text);
    return place;
  });
}
