import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { freePort } from '../ports.ts';
import { processGroup } from '../process-group.ts';
import { registryConfiguration } from '../services/registry.ts';
import { run } from './run.ts';

const readyWithin = 20_000;

/**
 * Runs `use` while a registry serves `folder` on this machine's loopback, over plain HTTP.
 * @param scratch an existing folder for its settings and its log
 */
export async function withRegistry<T>(folder: string, scratch: string, use: (address: string) => Promise<T>): Promise<T> {
  const group = processGroup(scratch);
  try {
    const address = `127.0.0.1:${await freePort()}`;
    const settings = join(scratch, 'registry.yaml');
    await mkdir(folder, { recursive: true });
    await writeFile(settings, stringify(registryConfiguration(folder, address)));
    await run('docker-registry', ['--version'], { step: 'registry' });
    await group.start('docker-registry', 'docker-registry', ['serve', settings]);
    await group.waitUntil(() => answers(address), readyWithin);
    return await use(address);
  } finally {
    await group.kill();
  }
}

async function answers(address: string): Promise<boolean> {
  return fetch(`http://${address}/v2/`, { signal: AbortSignal.timeout(1000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json';

/** Gives an image of a registry another tag. */
export async function tagImage(address: string, repository: string, digest: string, tag: string): Promise<void> {
  const manifests = `http://${address}/v2/${repository}/manifests`;
  const found = await fetch(`${manifests}/${digest}`, { headers: { accept: manifestType } });
  if (!found.ok) throw new Error(`${repository}: the registry answers ${found.status} when asked for ${digest}: ${await found.text()}`);
  const body = await found.arrayBuffer();
  const put = await fetch(`${manifests}/${tag}`, { method: 'PUT', headers: { 'content-type': manifestType }, body });
  if (!put.ok) throw new Error(`${repository}: the registry answers ${put.status} to the tag ${tag}: ${await put.text()}`);
}
