import { expect, test } from '@jest/globals';
import { pod } from '../backends/testing/builders.ts';
import { KubeClient } from '../kube/client.ts';
import { FakeClock } from '../kube/fake-clock.ts';
import { refusal, reply, ScriptedTransport } from '../kube/scripted-transport.ts';
import type { ApiReply } from '../kube/transport.ts';
import { benchmarkCaches } from './controller.ts';
import { tellPeers } from './tell.ts';
import { seen, start } from './testing/builders.ts';

const text = '{"version":1,"peers":{"server":["10.0.0.1"]}}';

/** What comes of telling pod net-sleeper-0, with an API server that answers so. */
async function told(...answers: ApiReply[]) {
  const transport = new ScriptedTransport(...answers);
  const { pods } = benchmarkCaches();
  const client = new KubeClient(transport, { clock: new FakeClock(start) });
  const outcome = await tellPeers({ type: 'TellPeers', name: 'net-sleeper-0', uid: 'uid-pod', text }, seen(), { client, caches: { pods } });
  return { outcome, pods, requests: transport.requests };
}

test('a pod is told by one patch of one annotation, bound to its UID', async () => {
  const { outcome, requests } = await told(reply(200, pod()));
  expect(outcome).toBeUndefined();
  expect(requests).toMatchObject([
    {
      method: 'PATCH',
      path: '/api/v1/namespaces/bench/pods/net-sleeper-0',
      contentType: 'application/merge-patch+json',
      body: { metadata: { uid: 'uid-pod', annotations: { 'assay.dev/peers': text } } },
    },
  ]);
});

test('what was told is visible at once, so that it is not told twice', async () => {
  const { pods } = await told(reply(200, pod({}, { annotations: { 'assay.dev/peers': text } })));
  expect(pods.get('bench/net-sleeper-0')?.metadata.annotations).toEqual({ 'assay.dev/peers': text });
});

test.each([
  ['is gone', [refusal(404, 'NotFound')]],
  [
    'has become another one',
    [refusal(422, 'Invalid', {}, { message: 'metadata.uid: field is immutable' }), reply(200, pod({}, { uid: 'other' }))],
  ],
])('a pod that %s is no fault: its watch tells', async (_, answers) => {
  expect((await told(...answers)).outcome).toBeUndefined();
});

test.each([
  [
    'too many annotations',
    [refusal(422, 'Invalid', {}, { message: 'too long' }), reply(200, pod())],
    { reason: 'InvalidSpec', final: true },
  ],
  ['a right that is missing', [refusal(403, 'Forbidden', {}, { message: 'cannot patch pods' })], { reason: 'ConfigError', final: false }],
])('%s is a refusal that names the pod', async (_, answers, expected) => {
  const { outcome } = await told(...answers);
  expect(outcome).toMatchObject({ ...expected, message: expect.stringMatching(/^net-sleeper-0: .+/) });
});

test('a fault that passes is thrown, to be tried again', async () => {
  await expect(told(refusal(409, 'Conflict'))).rejects.toThrow('409 Conflict');
});
