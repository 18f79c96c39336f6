import { readFile } from 'node:fs/promises';

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
  const content = await readFile(path).catch(() => Buffer.alloc(0));
  if (content.length > 0) return content.subarray(-messageLimit).toString();
  if (policy === 'File' || exitCode === 0) return '';
  return Buffer.from(readLog(logPath, { tailLines: fallbackLines }))
    .subarray(-fallbackLimit)
    .toString();
}
