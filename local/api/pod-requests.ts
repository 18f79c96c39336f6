import { pods } from '../../operator/kube/object.ts';
import type { ApiObject } from './object.ts';
import { fieldAt, isFields, textAt } from './object.ts';
import { badRequest, conflict } from './status.ts';

export interface LogOptions {
  container: string;
  /** The run of the container before the present one. */
  previous: boolean;
  tailLines?: number;
  limitBytes?: number;
  sinceSeconds?: number;
}

/** Where the logs of pods come from: the kubelet. */
export type LogSource = (pod: ApiObject, options: LogOptions) => Promise<string> | string;

/**
 * What a log request asks for.
 * @throws StatusError 400 when the container is not named where it must be, or not one of the pod's
 */
export function logOptions(pod: ApiObject, query: Record<string, string>): LogOptions {
  const names = ['initContainers', 'containers'].flatMap((list) => {
    const containers = fieldAt(pod.spec, list);
    return Array.isArray(containers) ? containers.filter(isFields).map((container) => textAt(container, 'name')) : [];
  });
  const container = query['container'] ?? (names.length === 1 ? names[0] : undefined);
  const { name } = pod.metadata;
  if (container === undefined) throw badRequest(`a container name must be specified for pod ${name}, choose one of: [${names.join(' ')}]`);
  if (!names.includes(container)) throw badRequest(`container ${container} is not valid for pod ${name}`);
  return {
    container,
    previous: query['previous'] === 'true',
    ...(query['tailLines'] && { tailLines: Number(query['tailLines']) }),
    ...(query['limitBytes'] && { limitBytes: Number(query['limitBytes']) }),
    ...(query['sinceSeconds'] && { sinceSeconds: Number(query['sinceSeconds']) }),
  };
}

/**
 * The pod, placed on the node that a Binding names.
 * @throws StatusError 400 for a binding without a node, 409 for a pod that has one
 */
export function bound(pod: ApiObject, binding: unknown, time: string): ApiObject {
  const nodeName = textAt(binding, 'target', 'name');
  if (nodeName === '') throw badRequest('Binding: target.name is required');
  const { name } = pod.metadata;
  if (textAt(pod.spec, 'nodeName') !== '') {
    throw conflict(
      { ...pods, plural: 'pods/binding' },
      name,
      `pod ${name} is already assigned to node ${JSON.stringify(textAt(pod.spec, 'nodeName'))}`,
    );
  }
  const conditions = fieldAt(pod.status, 'conditions');
  const others = Array.isArray(conditions) ? conditions.filter((condition: unknown) => textAt(condition, 'type') !== 'PodScheduled') : [];
  const scheduled = { type: 'PodScheduled', status: 'True', lastTransitionTime: time };
  return { ...pod, spec: { ...pod.spec, nodeName }, status: { ...pod.status, conditions: [...others, scheduled] } };
}
