import { longestCall } from './call.ts';
import { isProof, proofOf } from './proof.ts';

// What goes over the wire: lines of words. The server draws a nonce; the caller asks with a proof over it; then the daemon's output comes.

/** Characters of a line: a request is JSON in base64 behind a proof, output comes in pieces of at most 64 KiB. */
export const longestLine = 4 * longestCall;

export function greetingOf(nonce: string): string {
  return `assay-launch 1 ${nonce}`;
}

/** The nonce in a greeting; undefined where somebody else answers. */
export function nonceIn(greeting: string): string | undefined {
  return /^assay-launch 1 ([0-9a-f]{64})$/.exec(greeting)?.[1];
}

export function requestOf(argv: readonly string[], token: string, nonce: string): string {
  const request = Buffer.from(JSON.stringify(argv)).toString('base64');
  return `${proofOf(token, nonce, request)} ${request}`;
}

/** The command that is asked for; undefined without a proof that holds, and for what is no command. */
export function commandIn(line: string, token: string, nonce: string): string[] | undefined {
  const [proof = '', request = '', ...more] = line.split(' ');
  if (more.length > 0 || !isProof(proof, token, nonce, request)) return undefined;
  try {
    const argv: unknown = JSON.parse(Buffer.from(request, 'base64').toString());
    return Array.isArray(argv) && argv.every((word) => typeof word === 'string') ? argv : undefined;
  } catch {
    return undefined;
  }
}

/** What a server tells of a daemon that it was asked for. */
export type Report =
  | { type: 'out' | 'err'; data: Buffer }
  | { type: 'exit'; code: number }
  | { type: 'signal'; name: string }
  | { type: 'refused'; message: string };

export function reportOf(report: Report): string {
  switch (report.type) {
    case 'out':
    case 'err':
      return `${report.type} ${report.data.toString('base64')}`;
    case 'exit':
      return `exit ${report.code}`;
    case 'signal':
      return `signal ${report.name}`;
    case 'refused':
      return `refused ${Buffer.from(report.message).toString('base64')}`;
  }
}

/** The report in a line; undefined where it is none. */
export function reportIn(line: string): Report | undefined {
  const [type, text = '', ...more] = line.split(' ');
  if (more.length > 0) return undefined;
  if (type === 'out' || type === 'err') return { type, data: Buffer.from(text, 'base64') };
  if (type === 'refused') return { type, message: Buffer.from(text, 'base64').toString() };
  if (type === 'signal' && /^SIG[A-Z0-9]+$/.test(text)) return { type, name: text };
  if (type === 'exit' && /^\d{1,3}$/.test(text)) return { type, code: Number(text) };
  return undefined;
}
