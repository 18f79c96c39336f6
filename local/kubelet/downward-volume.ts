import { mkdir, mkdtemp, readFile, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { ConfigError } from './command.ts';
import { metadataField } from './metadata-field.ts';
import type { Pod, Volume } from './pod.ts';

const current = '..data';

/**
 * Fills a downward-API volume as the kubelet does: the files are in a folder of this version, to which one symbolic link points, so that
 * swapping that link renews all files at once. Does nothing where they say the same already.
 * @param folder absolute path of the volume
 * @throws ConfigError for what local mode does not know: resources, fields that are not metadata, files in sub-folders
 */
export async function fillDownwardVolume(folder: string, volume: Volume, pod: Pod): Promise<void> {
  const files = contentsOf(volume, pod);
  await mkdir(folder, { recursive: true });
  if (await isSame(folder, files)) return;
  const version = await mkdtemp(join(folder, '..version-'));
  for (const [name, content] of files) await writeFile(join(version, name), content);
  const previous = await readlink(join(folder, current)).catch(() => undefined);
  await symlink(basename(version), join(folder, `${current}_tmp`));
  await rename(join(folder, `${current}_tmp`), join(folder, current));
  if (previous !== undefined) await rm(join(folder, previous), { recursive: true, force: true });
  else for (const name of files.keys()) await symlink(join(current, name), join(folder, name));
}

function contentsOf({ name, downwardAPI }: Volume, pod: Pod): Map<string, string> {
  const items = downwardAPI?.items ?? [];
  return new Map(
    items.map(({ path, fieldRef }) => {
      const content = fieldRef && metadataField(fieldRef.fieldPath, pod);
      if (content === undefined || !/^[^/.][^/]*$/.test(path)) {
        throw new ConfigError(`volume ${name}: ${path} is not available in local mode; a plain file name and a field of metadata are`);
      }
      return [path, content];
    }),
  );
}

async function isSame(folder: string, files: ReadonlyMap<string, string>): Promise<boolean> {
  const present = await Promise.all([...files.keys()].map((name) => readFile(join(folder, name), 'utf8').catch(() => undefined)));
  return [...files.values()].every((content, index) => present[index] === content);
}
