/** `npm run demo`: the quick start on this machine, or with --cluster on a real cluster of two nodes, and what to do next. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { clusterDemo } from './cluster-demo.ts';
import { run } from './run.ts';

const example = 'examples/quickstart.yaml';
const folder = join('out', 'quickstart');
const { values } = parseArgs({ options: { cluster: { type: 'boolean', default: false } } });

process.exitCode = values.cluster ? clusterDemo(example, folder) : await localDemo();

async function localDemo(): Promise<number> {
  console.log(`Running the two sets of ${example} through the operator in this process, with local processes as pods.\n`);
  const start = performance.now();
  const code = await run([example], { local: true, output: 'table', out: folder });
  console.log(`
Took ${Math.round((performance.now() - start) / 1000)} s. Files: ${join(folder, '<set>')}/summary.md, summary.json, results.csv
These are the figures of this machine's loopback and disk, with everything sharing its cores.

Next:
  edit and run your own   npm run assay -- run --local ${example}
  see the parameters      npm run assay -- workloads iperf
  check before running    npm run assay -- plan ${example}
  on a real cluster here  npm run demo -- --cluster (as root, on Linux)
  on your own cluster     helm install assay charts/assay --namespace assay-system --create-namespace
                          then kubectl apply -f ${example} and kubectl get bms`);
  return code;
}
