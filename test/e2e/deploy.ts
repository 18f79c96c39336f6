/** Installs Assay into the cluster, or brings it up to date: `npm run cluster -- run node test/e2e/deploy.ts`. */
import { RealCluster } from './real-cluster.ts';
import { install } from './release.ts';

const cluster = await RealCluster.connect();
try {
  console.log(await install(cluster));
} finally {
  await cluster.close();
}
