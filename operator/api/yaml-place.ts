import { isMap, isPair, isScalar, isSeq, type Node } from 'yaml';

/**
 * Offset in the text of what a problem's path names: the key of a field, the item of a list; where that is not there, of the
 * nearest thing around it.
 * @param path as problems have it: `spec.env[0].name`, `spec.matrix.product[iperf.streams][1]`
 */
export function offsetOf(root: Node | null, path: string): number {
  let offset = root?.range?.[0] ?? 0;
  let node: unknown = root;
  let rest = path;
  while (rest !== '') {
    const step = stepInto(node, rest);
    if (!step) return offset;
    ({ offset, node, rest } = step);
  }
  return offset;
}

interface Step {
  offset: number;
  node: unknown;
  rest: string;
}

function stepInto(node: unknown, path: string): Step | undefined {
  if (isSeq(node)) {
    const [whole = '', index] = /^\[(\d+)\]\.?/.exec(path) ?? [];
    const item = node.items[Number(index)];
    return index !== undefined && isNode(item) ? { offset: startOf(item), node: item, rest: path.slice(whole.length) } : undefined;
  }
  if (!isMap(node)) return undefined;
  let longest: (Step & { length: number }) | undefined;
  for (const pair of node.items) {
    if (!isPair(pair) || !isScalar(pair.key)) continue;
    const key = String(pair.key.value);
    // A key with dots may stand plainly or in brackets, and may begin like another: the longest that fits is meant.
    const matched = [`[${key}]`, key].find((text) => path === text || path.startsWith(`${text}.`) || path.startsWith(`${text}[`));
    if (matched === undefined || (longest && longest.length >= key.length)) continue;
    longest = { offset: startOf(pair.key), node: pair.value, rest: path.slice(matched.length).replace(/^\./, ''), length: key.length };
  }
  return longest;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}
