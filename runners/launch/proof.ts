import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Shows that its maker knows the run's token, and what is asked for with it: HMAC-SHA256, hexadecimal.
 * @param nonce drawn by the other side, so that no earlier proof does
 */
export function proofOf(token: string, nonce: string, request: string): string {
  return createHmac('sha256', token).update(`${nonce}\n${request}`).digest('hex');
}

/** Whether a proof is the right one, in a time that tells nothing about it. */
export function isProof(given: string, token: string, nonce: string, request: string): boolean {
  const right = Buffer.from(proofOf(token, nonce, request));
  const bytes = Buffer.from(given);
  return bytes.length === right.length && timingSafeEqual(bytes, right);
}
