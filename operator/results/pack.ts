import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Files } from './files.ts';

/** Contents of one ConfigMap. */
export interface Shard {
  data: Record<string, string>;
  /** Base64. */
  binaryData: Record<string, string>;
}

export interface IndexedFile {
  /** Length in bytes and SHA-256 of the whole file, uncompressed. */
  bytes: number;
  sha256: string;
  encoding: 'plain' | 'gzip';
  /** Where its parts are, in order: number of the ConfigMap and key in it. */
  parts: { shard: number; key: string }[];
}

export interface ResultsIndex {
  version: 1;
  /** ConfigMaps in all. */
  shards: number;
  files: Record<string, IndexedFile>;
}

/** All files together stay plain up to this, so that kubectl alone can show them. */
const plainTotal = 400 * 1024;
/** In larger results, single files up to this stay plain. */
const plainFile = 64 * 1024;
/** Base64 characters, or bytes of JSON text, in one ConfigMap; leaves room for metadata below 900 KiB. */
const shardSize = 860 * 1024;
/** Bytes in one part of a gzipped file: 800 KiB as base64, so that the small files find room beside the first. */
const partSize = 600 * 1024;

/** Puts files into as few ConfigMaps as their order allows. */
export function packed(files: Files): { index: ResultsIndex; shards: Shard[] } {
  const texts = Object.entries(files);
  const allPlain = texts.reduce((total, [, text]) => total + sizeInJson(text), 0) <= plainTotal;
  const shards: Shard[] = [{ data: {}, binaryData: {} }];
  let used = 0;
  const place = (size: number): { shard: Shard; number: number } => {
    if (used > 0 && used + size > shardSize) {
      shards.push({ data: {}, binaryData: {} });
      used = 0;
    }
    used += size;
    const number = shards.length - 1;
    return { shard: shards[number] ?? { data: {}, binaryData: {} }, number };
  };

  const entries = texts.map(([name, text]): [string, IndexedFile] => {
    const bytes = Buffer.from(text);
    const facts = { bytes: bytes.length, sha256: sha256(bytes) };
    if (allPlain || sizeInJson(text) <= plainFile) {
      const { shard, number } = place(sizeInJson(text));
      shard.data[name] = text;
      return [name, { ...facts, encoding: 'plain', parts: [{ shard: number, key: name }] }];
    }
    const parts = chunks(gzipSync(bytes)).map((chunk, part, all) => {
      const content = chunk.toString('base64');
      const { shard, number } = place(content.length);
      const key = all.length === 1 ? `${name}.gz` : `${name}.gz.${part}`;
      shard.binaryData[key] = content;
      return { shard: number, key };
    });
    return [name, { ...facts, encoding: 'gzip', parts }];
  });
  return { index: { version: 1, shards: shards.length, files: Object.fromEntries(entries) }, shards };
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What a text costs in a request; quotes and line ends are escaped there. */
function sizeInJson(text: string): number {
  return Buffer.byteLength(JSON.stringify(text));
}

function chunks(bytes: Buffer): Buffer[] {
  const count = Math.max(1, Math.ceil(bytes.length / partSize));
  return Array.from({ length: count }, (_, number) => bytes.subarray(number * partSize, (number + 1) * partSize));
}
