/**
 * Order of two resourceVersions of one kind: negative when `a` is older, 0 when the same, positive when newer.
 * Kubernetes promises decimal numbers that grow (KEP-5504); they may pass 2^53, so they are compared as text.
 * @returns undefined when either is no such number, and no order can be told
 */
export function compareVersions(a: string | undefined, b: string | undefined): number | undefined {
  if (a === undefined || b === undefined || !/^\d+$/.test(a) || !/^\d+$/.test(b)) return undefined;
  const left = a.replace(/^0+(?=\d)/, '');
  const right = b.replace(/^0+(?=\d)/, '');
  if (left.length !== right.length) return left.length - right.length;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** True only when the order is known and `a` is older than `b`. */
export function isOlder(a: string | undefined, b: string | undefined): boolean {
  return (compareVersions(a, b) ?? 0) < 0;
}
