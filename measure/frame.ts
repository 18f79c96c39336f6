/**
 * How a result record travels out of a pod. A frame is a header line and tagged payload lines:
 *
 *     assay-frame/1 gzip+base64 3104 <HMAC-SHA256, 64 hexadecimal digits>
 *     assay-frame:<first 8 digits> H4sIAAAAAAAA...
 *
 * The HMAC covers encoding, length and payload under a key that only the operator and the pod's agent have, so that
 * output of the tool cannot pass for a result. The tag holds the lines of one frame together whatever is printed
 * between them.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';

import { assertRecord } from './frame-record.ts';
import type { ResultRecord } from './record.ts';

/** Kubelet keeps this many bytes of a container's termination message. */
export const terminationMessageLimit = 4096;
/** Bytes of a record's JSON at most, on both sides. */
export const recordLimit = 8 * 1024 * 1024;

// Base64 of a gzip that could not compress, rounded up.
const payloadLimit = Math.ceil((recordLimit + 4096) / 3) * 4;
// Shorter than the 16 KiB at which container runtimes split a line.
const lineLength = 8000;
const noKey = 'the key of the frame is not known: 16 bytes or more, hexadecimal, are allowed';
// A frame is written last; more headers than this behind it are an attempt to make the search slow.
const candidateLimit = 32;

const encodings = ['json', 'gzip+base64', 'in-log'] as const;
type Encoding = (typeof encodings)[number];

/** Which frame of the log is meant: the bytes of its payload and its HMAC. */
export interface LogPointer {
  length: number;
  mac: string;
}

export type DecodedFrame =
  | { frame: 'Verified'; record: ResultRecord }
  | { frame: 'InLog'; pointer: LogPointer }
  | { frame: 'Missing' }
  | { frame: 'Corrupt'; message: string };

/**
 * The frame for the log: compressed, in lines, ending with a line break and starting with one, so that it stands alone
 * after output that did not end its line.
 * @param key hexadecimal, at least 16 bytes.
 * @throws RangeError when the record's shape is unsound, its JSON passes `recordLimit`, or the key is none.
 */
export function encodeFrame(record: ResultRecord, key: string): string {
  return `\n${frameOf('gzip+base64', compressed(jsonOf(record)), secretOf(key))}`;
}

/**
 * The frame for the termination message: the record itself when it fits into `terminationMessageLimit` bytes, plain
 * if possible; otherwise a pointer to the frame that `encodeFrame` gives, which has to be written into the log.
 * @throws RangeError as `encodeFrame`.
 */
export function terminationMessage(record: ResultRecord, key: string): string {
  return framesOf(record, key).message;
}

/**
 * Both carriers of a record: the termination message and, only where the message is a pointer, the frame for the log.
 * @throws RangeError as `encodeFrame`.
 */
export function framesOf(record: ResultRecord, key: string): { message: string; log?: string } {
  const secret = secretOf(key);
  const json = jsonOf(record);
  const plain = frameOf('json', json, secret);
  if (Buffer.byteLength(plain) <= terminationMessageLimit) return { message: plain };
  const payload = compressed(json);
  const packed = frameOf('gzip+base64', payload, secret);
  if (packed.length <= terminationMessageLimit) return { message: packed };
  const pointer = `${payload.length} ${macOf('gzip+base64', payload, secret)}`;
  return { message: frameOf('in-log', pointer, secret), log: `\n${packed}` };
}

/**
 * The last sound frame in a termination message or a log, whatever stands around it. Never throws.
 * @param pointer from the termination message, when `text` is the log: only that frame will do, and its absence is Corrupt.
 */
export function decodeFrame(text: string, key: string, pointer?: LogPointer): DecodedFrame {
  if (!isKey(key)) return corrupt(noKey);
  const secret = Buffer.from(key, 'hex');
  const lines = text.slice(-2 * payloadLimit).split('\n');
  let worst: DecodedFrame = { frame: 'Missing' };
  let candidates = 0;
  for (let at = lines.length - 1; at >= 0 && candidates < candidateLimit; at--) {
    const header = headerOf(lines[at] ?? '');
    if (!header || (pointer && header.mac !== pointer.mac)) continue;
    candidates++;
    const decoded = decodeAt(header, lines, at + 1, secret);
    if (decoded.frame !== 'Corrupt') return decoded;
    // The frame nearest to the end is the one that was meant: its fault is the one to tell.
    if (worst.frame === 'Missing') worst = decoded;
  }
  if (pointer && worst.frame === 'Missing') {
    return {
      frame: 'Corrupt',
      message: `the log has lost the frame of ${grouped(pointer.length)} bytes that the termination message names`,
    };
  }
  return worst;
}

interface Header {
  encoding: Encoding;
  length: number;
  mac: string;
}

function headerOf(line: string): Header | undefined {
  const [, name, length, mac] = /assay-frame\/1 (\S+) (\d{1,9}) ([0-9a-f]{64})\r?$/.exec(line) ?? [];
  const encoding = encodings.find((known) => known === name);
  return encoding && length && mac ? { encoding, length: Number(length), mac } : undefined;
}

function decodeAt(header: Header, lines: string[], from: number, secret: Buffer): DecodedFrame {
  if (header.length > payloadLimit) return corrupt(`claims ${grouped(header.length)} bytes; at most ${grouped(payloadLimit)} are allowed`);
  const payload = payloadAt(header, lines, from);
  if (payload.length < header.length) return corrupt(`cut after ${grouped(payload.length)} of ${grouped(header.length)} bytes`);
  const mac = macOf(header.encoding, payload, secret);
  if (!timingSafeEqual(Buffer.from(mac), Buffer.from(header.mac))) {
    return corrupt('changed on its way, or not written by the agent of this pod: its HMAC is not that of its key');
  }
  try {
    return contentOf(header.encoding, payload);
  } catch (error) {
    return corrupt(`not readable: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The tagged lines that follow, up to the length that the header names: noise between and behind them is passed over. */
function payloadAt({ mac, length }: Header, lines: string[], from: number): Buffer {
  const tag = tagOf(mac);
  const parts: Buffer[] = [];
  let have = 0;
  for (let at = from; at < lines.length && have < length; at++) {
    const line = lines[at] ?? '';
    const start = line.indexOf(tag);
    if (start < 0) continue;
    const part = Buffer.from(line.slice(start + tag.length).replace(/\r$/, ''));
    parts.push(part);
    have += part.length;
  }
  return Buffer.concat(parts).subarray(0, length);
}

function contentOf(encoding: Encoding, payload: Buffer): DecodedFrame {
  if (encoding === 'in-log') return { frame: 'InLog', pointer: pointerOf(payload.toString()) };
  const json =
    encoding === 'json' ? payload : gunzipSync(Buffer.from(payload.toString('latin1'), 'base64'), { maxOutputLength: recordLimit });
  const record: unknown = JSON.parse(json.toString());
  assertRecord(record);
  return { frame: 'Verified', record };
}

function pointerOf(payload: string): LogPointer {
  const [length, mac] = payload.split(' ');
  return { length: Number(length), mac: mac ?? '' };
}

function frameOf(encoding: Encoding, payload: string, secret: Buffer): string {
  const mac = macOf(encoding, payload, secret);
  const tag = tagOf(mac);
  const lines = [`assay-frame/1 ${encoding} ${Buffer.byteLength(payload)} ${mac}`];
  // Plain JSON stays on one line: it is short, and a cut between two bytes of one character would change it.
  const step = encoding === 'gzip+base64' ? lineLength : payload.length;
  for (let at = 0; at < payload.length; at += step) lines.push(tag + payload.slice(at, at + step));
  return `${lines.join('\n')}\n`;
}

function macOf(encoding: Encoding, payload: string | Buffer, secret: Buffer): string {
  const head = `assay-frame/1 ${encoding} ${Buffer.byteLength(payload)}\n`;
  return createHmac('sha256', secret).update(head).update(payload).digest('hex');
}

function tagOf(mac: string): string {
  return `assay-frame:${mac.slice(0, 8)} `;
}

function jsonOf(record: ResultRecord): string {
  assertRecord(record);
  const json = JSON.stringify(record);
  const bytes = Buffer.byteLength(json);
  if (bytes > recordLimit) throw new RangeError(`the record has ${grouped(bytes)} bytes; at most ${grouped(recordLimit)} are allowed`);
  return json;
}

function compressed(json: string): string {
  return gzipSync(json).toString('base64');
}

function secretOf(key: string): Buffer {
  if (!isKey(key)) throw new RangeError(noKey);
  return Buffer.from(key, 'hex');
}

/** Whether `key` can be the key of a frame: 16 bytes or more, hexadecimal. */
export function isKey(key: unknown): key is string {
  return typeof key === 'string' && /^([0-9a-f]{2}){16,}$/i.test(key);
}

function corrupt(message: string): DecodedFrame {
  return { frame: 'Corrupt', message };
}

function grouped(value: number): string {
  return value.toLocaleString('en-US');
}
