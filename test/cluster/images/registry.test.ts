import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { tagImage, withRegistry } from './registry.ts';
import { storedDigest } from './stored.ts';

// On Debian's docker-registry: the folder's layout is its own business, and read by stored.ts.
const type = 'application/vnd.oci.image.manifest.v1+json';
let scratch: string;
let folder: string;
let digest: string;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'assay-registry-'));
  folder = join(scratch, 'made', 'when-needed');
  digest = await withRegistry(folder, scratch, (address) => pushEmpty(address, 'a/b', 'first'));
});
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

function hash(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** Pushes an image without layers. @returns its digest */
async function pushEmpty(address: string, repository: string, tag: string): Promise<string> {
  const config = '{}';
  const begun = await fetch(`http://${address}/v2/${repository}/blobs/uploads/`, { method: 'POST' });
  await fetch(`${begun.headers.get('location')}&digest=${encodeURIComponent(hash(config))}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: config,
  });
  const about = { mediaType: 'application/vnd.oci.image.config.v1+json', digest: hash(config), size: config.length };
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType: type, config: about, layers: [] });
  const put = await fetch(`http://${address}/v2/${repository}/manifests/${tag}`, {
    method: 'PUT',
    headers: { 'content-type': type },
    body: manifest,
  });
  expect(put.status).toBe(201);
  return hash(manifest);
}

test('what a registry was given is in its folder when it has ended', async () => {
  await expect(storedDigest(folder, 'a/b', 'first')).resolves.toBe(digest);
});

test('a tag more leaves the digest and the other tag as they are', async () => {
  await withRegistry(folder, scratch, (address) => tagImage(address, 'a/b', digest, 'second'));
  await expect(Promise.all(['first', 'second'].map((tag) => storedDigest(folder, 'a/b', tag)))).resolves.toEqual([digest, digest]);
});

test('an image that is not there gets no tag, and the registry says why', async () => {
  const absent = `sha256:${'0'.repeat(64)}`;
  const tagging = withRegistry(folder, scratch, (address) => tagImage(address, 'a/b', absent, 'third'));
  await expect(tagging).rejects.toThrow(new RegExp(`^a/b: the registry answers 404 when asked for ${absent}: .*MANIFEST_UNKNOWN`));
});

test('a registry ends with its use, also when that fails', async () => {
  let used = '';
  const using = withRegistry(folder, scratch, (address) => {
    used = address;
    return Promise.reject(new Error('no'));
  });
  await expect(using).rejects.toThrow('no');
  await expect(fetch(`http://${used}/v2/`)).rejects.toThrow('fetch failed');
});

test('a folder that cannot be made is said', async () => {
  await expect(withRegistry('/dev/null/x', scratch, async () => {})).rejects.toThrow('ENOTDIR');
  expect(existsSync('/dev/null/x')).toBe(false);
});
