import { expect, test } from '@jest/globals';
import { webhooksByUrl } from './webhooks.ts';

const webhook = (name: string, path: string) => ({
  name,
  failurePolicy: 'Fail',
  clientConfig: { service: { name: 'webhook-service', namespace: 'system', path } },
});
const given = {
  kind: 'MutatingWebhookConfiguration',
  metadata: { name: 'mutating-webhook-configuration' },
  webhooks: [webhook('a.kb.io', '/mutate-a'), webhook('pod.kb.io', '/mutate--v1-pod')],
};
const narrowed = { 'pod.kb.io': { objectSelector: { matchLabels: { x: 'y' } } } };
const [changed] = webhooksByUrl([given], 'jobset', { manifests: 'm.yaml', port: 9443, narrowed }, 'PEM') as [typeof given];

test('every webhook is called at the control plane, which its authority vouches for', () => {
  expect(changed.webhooks.map(({ clientConfig }) => clientConfig)).toEqual([
    { url: 'https://10.200.0.1:9443/mutate-a', caBundle: 'UEVN' },
    { url: 'https://10.200.0.1:9443/mutate--v1-pod', caBundle: 'UEVN' },
  ]);
});

test('those that upstream narrows are narrowed, the others are as they were', () => {
  expect(changed.webhooks).toEqual([
    { name: 'a.kb.io', failurePolicy: 'Fail', clientConfig: expect.anything() },
    { name: 'pod.kb.io', failurePolicy: 'Fail', clientConfig: expect.anything(), objectSelector: { matchLabels: { x: 'y' } } },
  ]);
});

test('the configuration has a name of its own', () => {
  expect(changed).toMatchObject({ kind: 'MutatingWebhookConfiguration', metadata: { name: 'jobset' } });
});
