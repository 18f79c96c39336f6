/** `npm run demo`: the quick start on this machine, with what to look at and what to do next. */
import { join } from 'node:path';
import { run } from './run.ts';

const example = 'examples/quickstart.yaml';
const folder = join('out', 'quickstart');

console.log(`Running the two sets of ${example} through the operator in this process, with local processes as pods.\n`);
const start = performance.now();
process.exitCode = await run([example], { local: true, output: 'table', out: folder });
console.log(`
Took ${Math.round((performance.now() - start) / 1000)} s. Files: ${join(folder, '<set>')}/summary.md, summary.json, results.csv
These are the figures of this machine's loopback and disk, with everything sharing its cores.

Next:
  edit and run your own   npm run assay -- run --local ${example}
  see the parameters      npm run assay -- workloads iperf
  check before running    npm run assay -- plan ${example}
  on a cluster            kubectl apply -f crds/ and run the operator with a kubeconfig: npm run operator
                          then kubectl apply -f ${example} and kubectl get bms
  with Helm               the chart comes with the images; see docs/install.md for what is there today`);
