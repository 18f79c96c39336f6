import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatedFiles } from './generate/files.ts';
import { readSources } from './generate/sources.ts';

/** `npm run generate` writes what is made from the schemas; with --check it only says which files are not up to date (exit 1). */
const root = dirname(import.meta.dirname);
const check = process.argv.includes('--check');

const stale: string[] = [];
for (const [path, text] of await generatedFiles(readSources(root))) {
  const file = join(root, path);
  if (textOf(file) === text) continue;
  stale.push(path);
  if (check) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

for (const path of stale) console.log(check ? `${path} is not up to date; run npm run generate` : `wrote ${path}`);
if (check && stale.length > 0) process.exitCode = 1;

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
