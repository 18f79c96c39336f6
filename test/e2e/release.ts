import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pods } from '../../operator/kube/object.ts';
import type { KubeObject } from '../../operator/kube/object.ts';
import { cacheFolder } from '../cluster/cache.ts';
import { images, place, root } from '../cluster/images/images.ts';
import { storedDigest } from '../cluster/images/stored.ts';
import { until } from '../integration/until.ts';
import type { RealCluster } from './real-cluster.ts';

export const releaseName = 'assay';
export const releaseNamespace = 'assay-system';
export const chart = join(root, 'charts/assay');
/** The deployment, the account and the lease have one name. */
export const operatorName = 'assay-operator';
/** The operator, as the API server's audit log names it. */
export const operatorUser = `system:serviceaccount:${releaseNamespace}:${operatorName}`;

/** Values of the chart, laid over the images of this checkout. */
export type Values = Readonly<Record<string, unknown>>;

/**
 * Has the cluster serve Assay as its chart installs it, from the images that were loaded, by digest. Costs a second or two when all is
 * as it should be, so that every suite may begin with it.
 * @returns what Helm says
 */
export async function install(cluster: RealCluster, values: Values = {}): Promise<string> {
  const words = ['upgrade', '--install', releaseName, chart, '--namespace', releaseNamespace, '--create-namespace'];
  const folder = await mkdtemp(join(tmpdir(), 'assay-values-'));
  try {
    const files = { 'images.json': await imageValues(), 'values.json': values };
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), JSON.stringify(content));
    const given = Object.keys(files).flatMap((name) => ['--values', join(folder, name)]);
    const said = await cluster.helm([...words, ...given, '--wait', '--timeout', '120s'], { limit: 150_000 });
    await until('the operators of before are gone', async () => {
      const leaving = (await operatorPods(cluster)).filter(({ metadata }) => metadata.deletionTimestamp !== undefined);
      return leaving.length === 0 ? true : undefined;
    });
    return said;
  } finally {
    await rm(folder, { recursive: true });
  }
}

export async function uninstall(cluster: RealCluster): Promise<string> {
  return await cluster.helm([
    'uninstall',
    releaseName,
    '--namespace',
    releaseNamespace,
    '--ignore-not-found',
    '--wait',
    '--timeout',
    '60s',
  ]);
}

/** A pod of the operator, as far as it is looked at here. */
export interface OperatorPod extends KubeObject {
  spec: { nodeName?: string };
  status?: { containerStatuses?: { restartCount: number; ready: boolean }[] };
}

export async function operatorPods({ client }: RealCluster): Promise<OperatorPod[]> {
  const labelSelector = `app.kubernetes.io/instance=${releaseName},app.kubernetes.io/component=operator`;
  return (await client.list<OperatorPod>(pods, { namespace: releaseNamespace, labelSelector })).items;
}

/** The images that the cluster's registry has now, whatever was changed in the checkout since. */
async function imageValues(): Promise<Values> {
  const registry = join(dirname(cacheFolder(process.env, homedir())), 'registry');
  const found = images.map(async ({ name, reference }) => {
    const { repository, tag } = place(reference);
    const digest = await storedDigest(registry, repository, tag);
    if (digest === undefined) throw new Error(`${reference} is not loaded; run: npm run cluster -- load`);
    return [name, digest] as const;
  });
  const { 'assay-operator': operator, ...runners } = Object.fromEntries(await Promise.all(found));
  return { operator: { image: { digest: operator } }, runners: { digests: runners } };
}
