import { arch, cpus, totalmem } from 'node:os';

import type { KubeClient } from '../../operator/kube/client.ts';
import { isAlreadyExists, isNotFound } from '../../operator/kube/errors.ts';
import { nodes } from '../../operator/kube/object.ts';
import type { KubeObject } from '../../operator/kube/object.ts';
import { podsPerNode } from './schedule.ts';
import type { Candidate } from './schedule.ts';
import { timeOf } from './time.ts';

interface Node extends KubeObject {
  status?: object;
}

const architectures: Partial<Record<string, string>> = { x64: 'amd64' };

/** A node that is this machine, under a name of its own. */
export function candidate(name: string): Candidate {
  const architecture = architectures[arch()] ?? arch();
  return { name, labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': architecture } };
}

/** Creates the Node object, or takes over the one that an earlier run left, and says that it is ready. */
export async function register(client: KubeClient, { name, labels }: Candidate, now: number): Promise<void> {
  const node: Node = { apiVersion: 'v1', kind: 'Node', metadata: { name, labels } };
  try {
    await client.create(nodes, node);
  } catch (error) {
    if (!isAlreadyExists(error)) throw error;
    await client.patch(nodes, { name }, { metadata: { labels } }, { type: 'merge' });
  }
  await client.patch(nodes, { name }, { status: statusOf(name, now) }, { type: 'merge', subresource: 'status' });
}

/** Removes the Node object; it may be gone already. */
export async function unregister(client: KubeClient, name: string): Promise<void> {
  try {
    await client.delete(nodes, { name });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

function statusOf(name: string, now: number): object {
  const room = { cpu: String(cpus().length), memory: `${Math.floor(totalmem() / 1024)}Ki`, pods: String(podsPerNode) };
  const time = timeOf(now);
  return {
    capacity: room,
    allocatable: room,
    addresses: [
      { type: 'InternalIP', address: '127.0.0.1' },
      { type: 'Hostname', address: name },
    ],
    conditions: [
      {
        type: 'Ready',
        status: 'True',
        reason: 'KubeletReady',
        message: 'local processes take the place of containers',
        lastHeartbeatTime: time,
        lastTransitionTime: time,
      },
    ],
  };
}
