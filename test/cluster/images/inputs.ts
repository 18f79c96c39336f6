import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheKey } from '../cache.ts';
import { sourcesOf } from './dockerfile.ts';
import { ignored } from './ignored.ts';

/** What an image is built from. */
export interface Inputs {
  /** Folder that the paths are in. */
  readonly context: string;
  readonly dockerfile: string;
  /** Files that the Dockerfile copies. */
  readonly files: readonly string[];
  /** References of what it starts from. */
  readonly bases: readonly string[];
}

/** @throws Error naming the Dockerfile and a path that it copies and that is not there */
export async function inputsOf(context: string, dockerfile: string): Promise<Inputs> {
  const { copies, bases } = sourcesOf(await readFile(join(context, dockerfile), 'utf8'));
  const leftOut = ignored(await readFile(join(context, '.dockerignore'), 'utf8').catch(() => ''));
  const missing = copies.find((path) => !existsSync(join(context, path)));
  if (missing !== undefined) throw new Error(`${dockerfile}: it copies ${missing}, which is not there`);
  const files = (await Promise.all(copies.map((path) => filesUnder(context, path, leftOut)))).flat();
  return { context, dockerfile, files, bases };
}

/**
 * Names the inputs by their content.
 * @param bases reference -> key
 * @param args what else decides about the image
 * @throws Error naming a base without a key
 */
export async function inputsKey(inputs: Inputs, bases: Readonly<Record<string, string>>, args: readonly string[]): Promise<string> {
  const { context, dockerfile, files } = inputs;
  const unknown = inputs.bases.find((base) => bases[base] === undefined);
  if (unknown !== undefined) throw new Error(`${dockerfile}: no base ${unknown} is made here; there are ${Object.keys(bases).join(', ')}`);
  const hashes = await Promise.all([dockerfile, ...files].map(async (path) => [path, await hashOf(join(context, path))]));
  const keys = inputs.bases.map((base) => bases[base]);
  return cacheKey({ files: Object.fromEntries(hashes), toolchain: keys.join(' '), arguments: [dockerfile, ...args] });
}

/** Copies the inputs, and nothing else of their context, into an empty folder. @returns them there */
export async function copyInputs(inputs: Inputs, folder: string): Promise<Inputs> {
  const paths = [inputs.dockerfile, ...inputs.files];
  await Promise.all(paths.map((path) => cp(join(inputs.context, path), join(folder, path))));
  return inputsOf(folder, inputs.dockerfile);
}

async function filesUnder(context: string, path: string, leftOut: (path: string) => boolean): Promise<string[]> {
  if (leftOut(path)) return [];
  if ((await stat(join(context, path))).isFile()) return [path];
  const names = await readdir(join(context, path));
  return (await Promise.all(names.map((name) => filesUnder(context, join(path, name), leftOut)))).flat();
}

async function hashOf(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}
