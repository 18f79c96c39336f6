import type { Placement, Toleration } from '../api/types.ts';
import { type LabelSelector, selects } from '../kube/label-selector.ts';
import type { KubeObject } from '../kube/object.ts';
import { byCodeUnit } from './json.ts';

/** The part of a Node that says whether a pod would start there. */
export interface Node extends KubeObject {
  spec?: { unschedulable?: boolean; taints?: Taint[] };
  status?: { conditions?: { type: string; status: string }[] };
}

interface Taint {
  key: string;
  value?: string;
  effect: string;
}

export interface NodeChoice {
  /** Names, sorted. */
  nodes: string[];
  /** Nodes that match and are not taken: `worker-3 (cordoned)`. */
  leftOut: string[];
}

const longestList = 10;

/** `; left out: worker-3 (cordoned) and 4 more`; empty where no node is left out. */
export function leftOutText({ leftOut }: NodeChoice): string {
  if (leftOut.length === 0) return '';
  const more = leftOut.length > longestList ? ` and ${leftOut.length - longestList} more` : '';
  return `; left out: ${leftOut.slice(0, longestList).join(', ')}${more}`;
}

/**
 * The nodes that match a selector and on which a pod of this placement would start. The others would only cost the time until
 * timeouts.pending with every other node.
 */
export function chooseNodes(
  all: readonly Node[],
  selector: LabelSelector,
  { nodeSelector = {}, tolerations = [] }: Pick<Placement, 'nodeSelector' | 'tolerations'>,
): NodeChoice {
  const choice: NodeChoice = { nodes: [], leftOut: [] };
  const matching = all.filter(
    ({ metadata: { labels = {} } }) => selects(selector, labels) && selects({ matchLabels: nodeSelector }, labels),
  );
  for (const node of matching.toSorted((a, b) => byCodeUnit(a.metadata.name, b.metadata.name))) {
    const hindrance = hindranceOf(node, tolerations);
    if (hindrance === undefined) choice.nodes.push(node.metadata.name);
    else choice.leftOut.push(`${node.metadata.name} (${hindrance})`);
  }
  return choice;
}

function hindranceOf({ spec = {}, status = {} }: Node, tolerations: readonly Toleration[]): string | undefined {
  if (!status.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True')) return 'not ready';
  if (spec.unschedulable === true) return 'cordoned';
  const taint = spec.taints?.find((one) => one.effect !== 'PreferNoSchedule' && !tolerations.some((own) => tolerates(own, one)));
  return taint && `taint ${taint.key}:${taint.effect}`;
}

/** As the scheduler reads them: no effect is every effect, no key with Exists every key. */
function tolerates({ key = '', operator = 'Equal', value = '', effect }: Toleration, taint: Taint): boolean {
  if (effect !== undefined && effect !== taint.effect) return false;
  if (key !== '' && key !== taint.key) return false;
  return operator === 'Exists' || (key !== '' && value === (taint.value ?? ''));
}
