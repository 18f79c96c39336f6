import { expect, test } from '@jest/globals';

import { pods } from '../../operator/kube/object.ts';
import { cluster, container, pod, sh } from './testing.ts';

// What a pod that runs learns about itself.

test('has an address of each family where the kubelet gives both', async () => {
  await using one = await cluster({ dualStack: true });
  const env = [{ name: 'POD_IPS', valueFrom: { fieldRef: { fieldPath: 'status.podIPs' } } }];
  const { pod: ended } = await one.run(pod('one', { containers: [container({ command: ['env'], env })] }));
  const addresses = ended.status?.podIPs?.map(({ ip }) => ip) ?? [];
  expect(addresses).toEqual([expect.stringMatching(/^127\./), expect.stringMatching(/^::ffff:7f/)]);
  expect(await one.log()).toContain(`POD_IPS=${addresses.join(',')}\n`);
});

test('finds what Node compiled before where the command that started it keeps that', async () => {
  await using one = await cluster();
  process.env['NODE_COMPILE_CACHE'] = '/kept';
  try {
    await one.run(pod('one', { containers: [container({ command: ['env'] })] }));
  } finally {
    delete process.env['NODE_COMPILE_CACHE'];
  }
  expect(await one.log()).toContain('NODE_COMPILE_CACHE=/kept\n');
});

test('sees a changed annotation in the file of its downward-API volume', async () => {
  await using one = await cluster();
  const reader = sh('until [ -s "$ASSAY_ROOT/told/note" ]; do sleep 0.05; done; cat "$ASSAY_ROOT/told/note"', {
    volumeMounts: [{ name: 'told', mountPath: '/told' }],
  });
  const items = [{ path: 'note', fieldRef: { fieldPath: "metadata.annotations['note']" } }];
  await one.create(pod('one', { containers: [reader], volumes: [{ name: 'told', downwardAPI: { items } }] }));
  await one.inPhase('Running');
  await one.client.patch(pods, { name: 'one', namespace: 'default' }, { metadata: { annotations: { note: 'hello' } } }, { type: 'merge' });
  await one.inPhase('Succeeded');
  expect(await one.log()).toBe('hello');
});
