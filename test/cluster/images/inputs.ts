import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheKey } from '../cache.ts';
import { sourcesOf } from './dockerfile.ts';
import { ignored } from './ignored.ts';

/**
 * Names what an image is built from: the Dockerfile, the files that it copies, its bases and the arguments of the build.
 * @param context folder that the Dockerfile is built in
 * @param dockerfile path in it
 * @param bases reference -> key of the images that it starts from
 * @throws Error naming the Dockerfile and the path or the base that is not there
 */
export async function inputsKey(
  context: string,
  dockerfile: string,
  bases: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<string> {
  const text = await readFile(join(context, dockerfile), 'utf8');
  const sources = sourcesOf(text);
  const unknown = sources.bases.find((base) => bases[base] === undefined);
  if (unknown !== undefined) throw new Error(`${dockerfile}: no base ${unknown} is made here; there are ${Object.keys(bases).join(', ')}`);
  const leftOut = ignored(await readFile(join(context, '.dockerignore'), 'utf8').catch(() => ''));
  const missing = sources.copies.find((path) => !existsSync(join(context, path)));
  if (missing !== undefined) throw new Error(`${dockerfile}: it copies ${missing}, which is not there`);
  const paths = (await Promise.all(sources.copies.map((path) => filesUnder(context, path, leftOut)))).flat();
  const files = await Promise.all(paths.map(async (path) => [path, await hashOf(join(context, path))]));
  return cacheKey({
    files: { [dockerfile]: text, ...Object.fromEntries(files) },
    toolchain: sources.bases.map((base) => bases[base]).join(' '),
    arguments: args,
  });
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
