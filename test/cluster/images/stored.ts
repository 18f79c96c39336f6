import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Digest of a tag in the folder of a docker-registry; undefined if it is not there. Read from the folder, so that it costs
 * nothing to see that all is there, and a registry that serves the folder needs not to run.
 */
export async function storedDigest(folder: string, repository: string, tag: string): Promise<string | undefined> {
  const link = join(folder, 'docker/registry/v2/repositories', repository, '_manifests/tags', tag, 'current/link');
  const text = await readFile(link, 'utf8').catch(() => '');
  return /^sha256:[0-9a-f]{64}$/.test(text) ? text : undefined;
}
