import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { metricsPage } from '../runners/metrics-page.ts';
import { workloads } from '../runners/registry.ts';
import { generatedFiles } from './generate/files.ts';
import { readSources } from './generate/sources.ts';
import { notices } from './notices.ts';

/** `npm run generate` writes what is made from other files; with --check it only says which are not up to date (exit 1). */
const root = dirname(import.meta.dirname);
const check = process.argv.includes('--check');

const stale: string[] = [];
for (const [path, text] of [...(await generatedFiles(readSources(root))), ...pages()]) {
  const file = join(root, path);
  if (textOf(file) === text) continue;
  stale.push(path);
  if (check) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

for (const path of stale) console.log(check ? `${path} is not up to date; run npm run generate` : `wrote ${path}`);
if (check && stale.length > 0) process.exitCode = 1;

function pages(): [path: string, text: string][] {
  // The lock file is npm's; what the page needs of it is checked where it is used.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Parameters<typeof notices>[0];
  return [
    ['docs/metrics.md', metricsPage(workloads)],
    ['THIRD_PARTY_NOTICES.md', notices(lock)],
  ];
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
