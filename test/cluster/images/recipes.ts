import { copyFile, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { cacheKey } from '../cache.ts';
import type { BuildContext } from './buildah.ts';
import { makeDebian, settings, tarArguments } from './debian.ts';
import { debianImage, images, nodeImage, pauseImage, root, version } from './images.ts';
import type { Inputs } from './inputs.ts';
import { copyInputs, inputsKey, inputsOf } from './inputs.ts';
import type { Mirrors } from './mirrors.ts';
import { release } from './mirrors.ts';
import { makeNode, npmVersion } from './node.ts';
import { npmSecrets } from './npm-settings.ts';

/** How an image is made. */
export interface Recipe {
  readonly reference: string;
  /** What it is made of: the same key, the same image. */
  readonly key: string;
  /** What its Dockerfile starts from, where that is made here. */
  readonly base?: Recipe;
  /** Seconds that it takes on 2 cores, about. */
  readonly seconds: number;
  /** @param folder an empty one, for files that only the build needs */
  prepare(folder: string): Promise<BuildContext>;
}

export function debianRecipe(mirrors: Mirrors): Promise<Recipe> {
  const inputs = [release, process.arch, JSON.stringify(settings(mirrors)), ...tarArguments('', '')];
  return made({ reference: debianImage, seconds: 40 }, 'debian', inputs, (folder) => makeDebian(folder, mirrors));
}

/** @param binary Node @param release its version */
export function nodeRecipe(base: Recipe, binary: string, nodeRelease: string): Promise<Recipe> {
  const inputs = [base.key, nodeRelease, npmVersion];
  return made({ reference: nodeImage, base, seconds: 10 }, 'node', inputs, (folder) => makeNode(folder, binary));
}

/** @param program `<name>-<what it was built from>/bin/pause` */
export function pauseRecipe(program: string): Promise<Recipe> {
  const inputs = [basename(dirname(dirname(program)))];
  return made({ reference: pauseImage, seconds: 2 }, 'pause', inputs, (folder) => copyFile(program, join(folder, 'pause')));
}

/** The images that users get, in the order of images.ts. */
export function projectRecipes(base: Recipe): Promise<Recipe[]> {
  const keyOf = (inputs: Inputs) => inputsKey(inputs, { [base.reference]: base.key }, [version]);
  return Promise.all(
    images.map(async ({ dockerfile, reference }) => {
      const inputs = await inputsOf(root, dockerfile);
      const key = await keyOf(inputs);
      const prepare = async (folder: string) => {
        const secrets = await npmSecrets(folder);
        // From a copy: files of the checkout may change during a build, and the key would name an image that is another's.
        const context = join(folder, 'context');
        const copied = await keyOf(await copyInputs(inputs, context));
        if (copied !== key) throw new Error(`${reference}: files that it is built from have changed just now; run the command again`);
        return { context, dockerfile, secrets };
      };
      return { reference, base, seconds: 25, key, prepare };
    }),
  );
}

/** An image whose Dockerfile lies in a folder here, and whose other files are made. */
async function made(
  about: Pick<Recipe, 'reference' | 'base' | 'seconds'>,
  name: string,
  inputs: readonly string[],
  make: (folder: string) => Promise<void>,
): Promise<Recipe> {
  const dockerfile = join(import.meta.dirname, name, 'Dockerfile');
  return {
    ...about,
    key: cacheKey({ files: { Dockerfile: await readFile(dockerfile, 'utf8') }, toolchain: '', arguments: inputs }),
    async prepare(folder) {
      await make(folder);
      await copyFile(dockerfile, join(folder, 'Dockerfile'));
      return { context: folder, dockerfile: 'Dockerfile' };
    },
  };
}
