import { describe, expect, test } from '@jest/globals';

import { KubeClient } from '../../operator/kube/client.ts';
import { nodes } from '../../operator/kube/object.ts';
import type { KubeObject } from '../../operator/kube/object.ts';
import { MemoryApi } from '../api/memory-api.ts';
import { candidate, register, unregister } from './node.ts';

interface Node extends KubeObject {
  status: { capacity: Record<string, string>; conditions: object[]; addresses: object[] };
}

const now = Date.parse('2026-01-01T00:00:00Z');

describe('a registered node', () => {
  test('is ready, and says what there is room for', async () => {
    const client = new KubeClient(new MemoryApi());
    await register(client, candidate('local-1'), now);
    const { metadata, status } = await client.get<Node>(nodes, { name: 'local-1' });
    expect(metadata.labels).toMatchObject({ 'kubernetes.io/hostname': 'local-1', 'kubernetes.io/os': 'linux' });
    expect(status.conditions).toMatchObject([{ type: 'Ready', status: 'True', lastHeartbeatTime: '2026-01-01T00:00:00Z' }]);
    expect(status.capacity).toMatchObject({ pods: '110', cpu: expect.stringMatching(/^\d+$/), memory: expect.stringMatching(/^\d+Ki$/) });
  });

  test('takes the place of one that an earlier run left', async () => {
    const client = new KubeClient(new MemoryApi());
    await client.create(nodes, { metadata: { name: 'local-1', labels: { mine: 'yes' } } });
    await register(client, candidate('local-1'), now);
    const { metadata } = await client.get<Node>(nodes, { name: 'local-1' });
    expect(metadata.labels).toMatchObject({ mine: 'yes', 'kubernetes.io/hostname': 'local-1' });
  });

  test('goes, once or twice', async () => {
    const client = new KubeClient(new MemoryApi());
    await register(client, candidate('local-1'), now);
    await unregister(client, 'local-1');
    await unregister(client, 'local-1');
    expect((await client.list(nodes)).items).toEqual([]);
  });
});
