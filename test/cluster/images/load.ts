// The images of the test cluster, built from the Dockerfiles that users build, in the folder of its registry.
//   node test/cluster/images/load.ts      builds what has changed and prints the digest of each image
import { mkdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { program } from '../build.ts';
import { cacheFolder } from '../cache.ts';
import { buildImage, steps } from './build.ts';
import { openBuildah } from './buildah.ts';
import { images, place, root } from './images.ts';
import { locked } from './lock.ts';
import { mirrorsOf } from './mirrors.ts';
import { nodeBinary } from './node.ts';
import { debianRecipe, nodeRecipe, pauseRecipe, projectRecipes } from './recipes.ts';
import type { Recipe } from './recipes.ts';
import { tagImage, withRegistry } from './registry.ts';
import { run } from './run.ts';
import { storedDigest } from './stored.ts';

/** A first build of another process may have to be waited for, ms. */
const lockLimit = 15 * 60_000;

export interface LoadOptions {
  /** Folder of what outlives a cluster; default ~/.cache/assay. */
  readonly cache?: string;
  readonly report?: (line: string) => void;
}

/** Digests (`sha256:...`) by name of image. */
export type Digests = Readonly<Record<string, string>>;

/**
 * Builds the images whose inputs have changed, and has `<cache>/registry` hold all of them by the tags that the chart and the
 * operator use. Needs no cluster; a registry that serves the folder has the new images at once.
 * @throws Error with the step, the last lines of the program that failed, and what to do
 */
export async function loadImages({ cache, report = () => {} }: LoadOptions = {}): Promise<Digests> {
  const folder = cache ?? dirname(cacheFolder(process.env, homedir()));
  return locked(`the images of ${folder}`, lockLimit, report, async () => {
    const recipes = await allRecipes();
    const registry = join(folder, 'registry');
    const absent = await missing(registry, recipes);
    if (absent.length > 0) await publish(absent, registry, join(folder, 'images'), report);
    const digests = await Promise.all(images.map(async ({ name, reference }) => [name, await digestOf(registry, reference)]));
    return Object.fromEntries(digests);
  });
}

async function allRecipes(): Promise<Recipe[]> {
  const targets = await run('apt-get', ['indextargets', '--format', '$(SITE) $(CODENAME)', 'Created-By: Packages'], { step: 'apt' }).catch(
    () => '',
  );
  const binary = nodeBinary(root);
  const release = await run(binary, ['--version'], { step: 'node' });
  const base = await nodeRecipe(await debianRecipe(mirrorsOf(targets)), binary, release);
  return [await pauseRecipe(await program('pause')), ...(await projectRecipes(base))];
}

/** Recipes whose image is not what its tag stands for. */
async function missing(registry: string, recipes: readonly Recipe[]): Promise<Recipe[]> {
  const there = await Promise.all(
    recipes.map(async ({ reference, key }) => {
      const { repository, tag } = place(reference);
      const built = await storedDigest(registry, repository, tagOf(key));
      return built !== undefined && built === (await storedDigest(registry, repository, tag));
    }),
  );
  return recipes.filter((_, index) => there[index] !== true);
}

/** Besides its version each image has its inputs as a tag: an earlier state of the checkout costs no build. */
function tagOf(key: string): string {
  return `inputs-${key}`;
}

/** @param folder of buildah; nothing of a build stays in it but storage and caches */
async function publish(recipes: readonly Recipe[], registry: string, folder: string, report: (line: string) => void): Promise<void> {
  const step = steps(report);
  const scratch = join(folder, 'scratch');
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true });
  try {
    const buildah = await openBuildah(folder, scratch);
    await withRegistry(registry, scratch, async (address) => {
      for (const recipe of recipes) {
        const { reference, key } = recipe;
        const { repository, tag } = place(reference);
        let digest = await storedDigest(registry, repository, tagOf(key));
        if (digest === undefined) {
          await buildImage(recipe, buildah, scratch, step);
          digest = await step(`${reference}: pushing`, () => buildah.push(reference, `${address}/${repository}:${tagOf(key)}`));
        }
        await tagImage(address, repository, digest, tag);
      }
    });
  } finally {
    await rm(scratch, { recursive: true });
  }
}

async function digestOf(registry: string, reference: string): Promise<string> {
  const { repository, tag } = place(reference);
  const digest = await storedDigest(registry, repository, tag);
  if (digest === undefined) throw new Error(`${reference} was pushed and is not in ${registry}: is that folder being removed?`);
  return digest;
}

if (import.meta.main) {
  try {
    const started = performance.now();
    const digests = await loadImages({
      report: (line) => {
        console.error(line);
      },
    });
    for (const { name, reference } of images) console.log(`${reference}\t${digests[name]}`);
    console.error(`images: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
