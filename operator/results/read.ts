import { gunzipSync } from 'node:zlib';
import { annotations } from './configmap.ts';
import type { ConfigMap } from './configmap.ts';
import type { Files } from './files.ts';
import { sha256 } from './pack.ts';
import type { IndexedFile, ResultsIndex } from './pack.ts';

/** Far beyond what 10,000 runs need: an index that was changed must not make its reader ask for a billion ConfigMaps. */
const mostShards = 1000;

/** How many ConfigMaps belong to results, as the first of them says; read the others as `<name>-1` and so on. @throws Error when it has no index */
export function shardCount(first: ConfigMap): number {
  return indexOf(first).shards;
}

/**
 * The files in results ConfigMaps, each checked against its length and SHA-256.
 * @param configMaps all of one result, the first one first
 * @throws Error that names the file when a part is missing or anything was changed
 */
export function readResults(configMaps: readonly ConfigMap[]): Files {
  const [first] = configMaps;
  if (!first) throw new Error('there is no results ConfigMap');
  const { files } = indexOf(first);
  return Object.fromEntries(Object.entries(files).map(([name, file]) => [name, readFile(name, file, configMaps)]));
}

function indexOf({ metadata }: ConfigMap): ResultsIndex {
  const text = metadata.annotations?.[annotations.index];
  const index = text === undefined ? undefined : parsed(text);
  if (!isIndex(index))
    throw new Error(`ConfigMap ${metadata.name} holds no results: the annotation ${annotations.index} is missing or unreadable`);
  return index;
}

function readFile(name: string, { bytes, sha256: hash, encoding, parts }: IndexedFile, configMaps: readonly ConfigMap[]): string {
  const contents = parts.map(({ shard, key }) => {
    const configMap = configMaps[shard];
    const content = encoding === 'plain' ? configMap?.data?.[key] : configMap?.binaryData?.[key];
    if (typeof content !== 'string')
      throw new Error(`${name}: key ${key} is missing in ConfigMap ${configMap?.metadata.name ?? `number ${shard}`}`);
    return Buffer.from(content, encoding === 'plain' ? 'utf8' : 'base64');
  });
  const whole = decoded(name, Buffer.concat(contents), encoding, bytes);
  if (whole.length !== bytes || sha256(whole) !== hash) {
    throw new Error(
      `${name}: ${whole.length} bytes do not match the ${bytes} bytes and the hash in the index; the ConfigMap was changed after it was written`,
    );
  }
  return whole.toString();
}

function decoded(name: string, content: Buffer, encoding: IndexedFile['encoding'], bytes: number): Buffer {
  if (encoding === 'plain') return content;
  try {
    return gunzipSync(content, { maxOutputLength: Math.max(1, bytes) });
  } catch (error) {
    throw new Error(`${name}: cannot be decompressed; the ConfigMap was changed after it was written`, { cause: error });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Lengths and hashes prove the rest. */
function isIndex(value: unknown): value is ResultsIndex {
  return (
    isRecord(value) &&
    value.version === 1 &&
    typeof value.shards === 'number' &&
    Number.isInteger(value.shards) &&
    value.shards >= 1 &&
    value.shards <= mostShards &&
    isRecord(value.files) &&
    Object.values(value.files).every((file) => isRecord(file) && Number.isInteger(file.bytes) && isParts(file.parts))
  );
}

function isParts(value: unknown): boolean {
  return Array.isArray(value) && value.every((part) => isRecord(part) && Number.isInteger(part.shard) && typeof part.key === 'string');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
