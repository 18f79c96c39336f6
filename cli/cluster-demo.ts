import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);
const cluster = 'test/cluster/main.ts';

/** What leads from a bare machine to the figures, and what each step is for. */
const steps: readonly (readonly [why: string, words: readonly string[]])[] = [
  ['the programs that a cluster needs', ['scripts/setup.js', 'cluster']],
  ['the images, from the Dockerfiles (some minutes the first time)', ['test/cluster/images/load.ts']],
  ['two nodes and a control plane on this machine', [cluster, 'up']],
  ['Assay, with Helm, into namespace assay-system', [cluster, 'run', process.execPath, 'test/e2e/deploy.ts']],
];

/**
 * The quick start on a real cluster of two nodes, which stays.
 * @param example file to run @param folder for its results
 * @returns exit code: of the first step that fails, or of the run
 */
export function clusterDemo(example: string, folder: string): number {
  for (const [why, words] of steps) {
    console.log(`\n== ${why}`);
    const code = node(words);
    if (code !== 0) return code;
  }
  console.log(`\n== ${example}, in namespace default`);
  const code = node([cluster, 'run', process.execPath, 'cli/assay.js', 'run', example, '--out', folder]);
  console.log(`
Files: ${join(folder, '<set>')}/summary.md, summary.json, results.csv
The cluster is up until you take it down; nothing is left of it then:
  look around             npm run cluster -- kubectl get bms,bm,pods -A
  the results again       npm run cluster -- run npm run assay -- results network
  the operator's log      npm run cluster -- kubectl logs -n assay-system deployment/assay-operator
  take it down            npm run cluster -- down`);
  return code;
}

function node(words: readonly string[]): number {
  return spawnSync(process.execPath, words, { cwd: root, stdio: 'inherit' }).status ?? 1;
}
