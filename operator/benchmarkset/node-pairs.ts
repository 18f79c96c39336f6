import type { MatrixNodes } from '../api/types.ts';

/** In place of nodes that nobody has chosen yet, so that the rest of a set can be checked without a cluster. */
export const anyNodes: readonly string[] = ['any-node', 'another-node'];

/** The pair's two coordinates: which path holds the node of the first role, which that of the second. */
export function pairPaths({ path = 'placement.nodes', roles = ['server', 'client'] }: MatrixNodes): [first: string, second: string] {
  const [first = '', second = ''] = roles;
  return [`${path}.${first}`, `${path}.${second}`];
}

/** How many pairs there are, without making them. */
export function pairCount({ pairs = 'Ordered' }: MatrixNodes, nodes: number): number {
  return (nodes * (nodes - 1)) / (pairs === 'Ordered' ? 1 : 2);
}

/** Every pair of two different nodes as coordinates, in the order of the nodes, the second role's fastest. */
export function pairsOf(axis: MatrixNodes, nodes: readonly string[]): Record<string, string>[] {
  const [first, second] = pairPaths(axis);
  return nodes.flatMap((a, index) =>
    (axis.pairs === 'Unordered' ? nodes.slice(index + 1) : nodes.filter((b) => b !== a)).map((b) => ({ [first]: a, [second]: b })),
  );
}
