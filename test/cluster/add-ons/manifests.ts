import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { moduleFolder } from '../go.ts';
import type { AddOn } from './add-on.ts';

const programs = join(import.meta.dirname, '..', 'programs');

/** The objects that an add-on's Go module brings, as upstream wrote them. */
export async function manifestsOf({ source, definitions, webhooks }: AddOn): Promise<{ definitions: object[]; webhooks: object[] }> {
  const folder = await moduleFolder(join(programs, source.by), source.module);
  const read = async (paths: readonly string[]) => (await Promise.all(paths.map((path) => objectsAt(join(folder, path))))).flat();
  return { definitions: await read(definitions), webhooks: await read(webhooks ? [webhooks.manifests] : []) };
}

/** The objects of a YAML file, or of all those in a folder. */
export async function objectsAt(path: string): Promise<object[]> {
  const folder = (await stat(path)).isDirectory();
  const files = folder ? (await readdir(path)).toSorted().map((name) => join(path, name)) : [path];
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const documents = texts.flatMap((text) => parseAllDocuments(text)).map((document): unknown => document.toJS());
  return documents.filter((object) => typeof object === 'object' && object !== null);
}
