import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

import { readLog } from './log-file.ts';

const messageLimit = 4096;
// What the kubelet takes from the log instead, where a container asks for that.
const fallbackLimit = 2048;
const fallbackLines = 80;

/** Where a container leaves its last words. */
export interface MessageSource {
  /** The file's path on this machine. */
  path: string;
  logPath: string;
  policy: 'File' | 'FallbackToLogsOnError';
}

/** A container's termination message as the kubelet reads it: the end of the file, or the log's after an error without one. */
export async function terminationMessage({ path, logPath, policy }: MessageSource, exitCode: number): Promise<string> {
  const written = await endOf(path).catch(() => '');
  if (written !== '') return written;
  if (policy === 'File' || exitCode === 0) return '';
  return Buffer.from(readLog(logPath, { tailLines: fallbackLines }))
    .subarray(-fallbackLimit)
    .toString();
}

/** The end of a regular file. What a container put there may be a pipe or a device, which would never end. */
async function endOf(path: string): Promise<string> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = await file.stat();
    if (!stat.isFile()) return '';
    const length = Math.min(stat.size, messageLimit);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, stat.size - length);
    return buffer.subarray(0, bytesRead).toString();
  } finally {
    await file.close();
  }
}
