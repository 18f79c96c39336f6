import type { Reason } from '../../measure/reason.ts';
import type { Problem } from '../../runners/workload.ts';
import type { BenchmarkSet } from '../api/types.ts';
import type { KubeClient } from '../kube/client.ts';
import { isForbidden } from '../kube/errors.ts';
import { listAll } from '../kube/list-all.ts';
import { nodes as nodeKind } from '../kube/object.ts';
import { chooseNodes, leftOutText, type Node, type NodeChoice } from './node-choice.ts';

/** Why a set may not start, and the reason where it is another than a wrong specification. */
export interface Refusal extends Problem {
  reason?: Reason;
}

/** Nodes are large objects. */
const pageSize = 100;

/** Whether a set's cells depend on nodes that are not chosen yet. */
export function awaitsNodes({ spec, status }: BenchmarkSet): boolean {
  return spec.matrix?.nodes !== undefined && status?.nodes === undefined;
}

/**
 * Asks the API server for the nodes of `matrix.nodes`. Only a set that asks for nodes needs the right to list them.
 * @throws ApiError, NoReplyError: try again later
 */
export async function resolveNodes(client: Pick<KubeClient, 'list'>, { spec }: BenchmarkSet): Promise<NodeChoice | Refusal> {
  const path = 'spec.matrix.nodes';
  const { selector = {} } = spec.matrix?.nodes ?? {};
  let choice: NodeChoice;
  try {
    const { items } = await listAll<Node>(client, nodeKind, {}, pageSize);
    choice = chooseNodes(items, selector, spec.template.spec.placement ?? {});
  } catch (error) {
    if (!isForbidden(error)) throw error;
    const message = 'the operator may not list nodes; give it that right (rbac.nodes of the chart), or name the nodes in matrix.explicit';
    return { path, message, reason: 'NotAllowed' };
  }
  const { nodes } = choice;
  if (nodes.length >= 2) return choice;
  const found = nodes.length === 0 ? 'no node matches' : `only ${nodes[0]} matches`;
  return { path, message: `${found} selector and the template's placement, and a pair takes two${leftOutText(choice)}` };
}
