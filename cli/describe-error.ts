import { ApiError, NoReplyError } from '../operator/kube/errors.ts';
import { UsageError } from './exit.ts';
import { printableLines } from './output/printable.ts';

/** What a terminal shows of a thrown value. The stack is for defects of this program alone; users mend the rest by its message. */
export function describeError(error: unknown): string {
  if (error instanceof UsageError || error instanceof ApiError || error instanceof NoReplyError || isSystemError(error)) {
    return printableLines(error.message);
  }
  return `This is a defect of assay; please report it with what you ran:\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

/** Of the file system or the network: ENOENT, EACCES, ENOSPC, ... */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}
