import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The checkout: context of the images that users get. */
export const root = join(import.meta.dirname, '..', '..', '..');

/** Tag of the images. */
export const { version }: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** An image of the project, as the chart and the operator name it. */
export interface Image {
  readonly name: string;
  /** Path in the checkout. */
  readonly dockerfile: string;
  /** Host, repository and tag. */
  readonly reference: string;
}

/** The images that users get, from the Dockerfiles that they get them from; each is named by its folder. */
export const images = ['operator', ...dockerfolders('runners'), ...dockerfolders('runners/images')].map((folder) =>
  image(folder, basename(folder)),
);

/** Images for hardware that no node of the test cluster has: users build them, it does not. */
export const hardwareImages = [image('runners/pyTorch/cuda', 'pytorch-cuda')];

/** What theirs are built from; made here under the same names, as nothing is pulled. */
export const debianImage = 'docker.io/library/debian:bookworm-slim';
export const nodeImage = 'docker.io/library/node:24-bookworm-slim';

/** What the kubelets start in every pod before all else. */
export const pauseImage = 'registry.k8s.io/pause:3.10';

/** A reference's parts in a registry, whatever its host: `ghcr.io/a/b:1` is tag `1` of repository `a/b`. */
export function place(reference: string): { repository: string; tag: string } {
  const { repository, tag } = /^[^/]+\/(?<repository>.+):(?<tag>[^:/]+)$/.exec(reference)?.groups ?? {};
  if (repository === undefined || tag === undefined) throw new Error(`${reference} is no image reference: host/repository:tag is needed`);
  return { repository, tag };
}

function image(folder: string, name: string): Image {
  const own = `assay-${name.toLowerCase()}`;
  return { name: own, dockerfile: `${folder}/Dockerfile`, reference: `ghcr.io/assay/${own}:${version}` };
}

function dockerfolders(parent: string): string[] {
  const folders = readdirSync(join(root, parent)).toSorted();
  return folders.map((name) => `${parent}/${name}`).filter((folder) => existsSync(join(root, folder, 'Dockerfile')));
}
