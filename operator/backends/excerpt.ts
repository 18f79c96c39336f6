/**
 * Text of others for a message of ours: bounded, on one line, without control characters.
 * @param longest characters that are kept; a cut is marked
 */
export function excerpt(text: string, longest = 500): string {
  // oxlint-disable-next-line no-control-regex
  const clean = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
  return clean.length > longest ? `${clean.slice(0, longest).replace(/[\ud800-\udbff]$/, '')}...` : clean;
}
