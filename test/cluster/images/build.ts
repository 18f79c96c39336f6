import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Buildah } from './buildah.ts';
import { version } from './images.ts';
import type { Recipe } from './recipes.ts';

const progressEvery = 30_000;
const keyLabel = 'dev.assay.inputs';

/** Says a step before and after, with its seconds. */
export type Step = <T>(text: string, task: () => Promise<T>) => Promise<T>;

export function steps(report: (line: string) => void): Step {
  return async (text, task) => {
    report(`${text} ...`);
    const started = performance.now();
    const elapsed = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
    const timer = setInterval(() => {
      report(`${text}: still at it after ${elapsed()}`);
    }, progressEvery);
    try {
      const result = await task();
      report(`${text}: done in ${elapsed()}`);
      return result;
    } finally {
      clearInterval(timer);
    }
  };
}

/** Makes an image in buildah's storage, and before it what it starts from; what is there from the same key is kept. */
export async function buildImage(recipe: Recipe, buildah: Buildah, scratch: string, step: Step): Promise<void> {
  const { reference, key, base, seconds } = recipe;
  if ((await buildah.label(reference, keyLabel)) === key) return;
  if (base) await buildImage(base, buildah, scratch, step);
  await step(`${reference}: building (about ${seconds} s)`, async () => {
    const folder = join(scratch, 'context');
    await mkdir(folder);
    const labels = { [keyLabel]: key, 'org.opencontainers.image.version': version };
    try {
      await buildah.build({ reference, labels, ...(await recipe.prepare(folder)) });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
}
