import type { KubeObject } from '../kube/object.ts';
import type { PodState, Waiting } from './backend.ts';
import { attemptOf } from './pod-identity.ts';
import { instant } from './pod-state.ts';

/** State of a pod that its holder has yet to make. @param name that it will have, as far as it is known */
export function unmadePod(
  holder: KubeObject,
  { name, role, index }: Pick<PodState, 'name' | 'role' | 'index'>,
  waiting: Waiting,
): PodState {
  const { uid = '', creationTimestamp } = holder.metadata;
  return {
    name,
    uid: '',
    holder: uid,
    role,
    index,
    attempt: attemptOf(holder),
    addresses: [],
    phase: 'Pending',
    deleting: false,
    createdAt: instant(creationTimestamp) ?? 0,
    waiting,
  };
}
