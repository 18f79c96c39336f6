import { describe, expect, test } from '@jest/globals';
import { benchmark, pod } from '../backends/testing/builders.ts';
import { KubeClient } from '../kube/client.ts';
import { pods } from '../kube/object.ts';
import type { KubeObject } from '../kube/object.ts';
import { refusal, reply, ScriptedTransport } from '../kube/scripted-transport.ts';
import { create } from './create.ts';

const owner = benchmark();
const creation = { resource: pods, object: pod() };
const exists = refusal(409, 'AlreadyExists');

function refused(status: number, reason: string, message: string) {
  return refusal(status, reason, {}, { message });
}

async function created(...answers: ScriptedTransport['answers']) {
  return await create(new KubeClient(new ScriptedTransport(...answers)), owner, creation);
}

test('the object as the server has it', async () => {
  expect(await created(reply(201, { metadata: { name: 'net-sleeper-0', uid: 'new' } }))).toMatchObject({
    created: { metadata: { uid: 'new' } },
  });
});

describe('when the name is taken', () => {
  const predecessor = [{ apiVersion: 'assay.dev/v1alpha1', kind: 'Benchmark', name: 'net', uid: 'uid-before', controller: true }];
  test.each<[string, KubeObject, object]>([
    ['by our own, made before a restart', pod(), { created: { metadata: { uid: 'uid-pod' } } }],
    [
      'by a stranger',
      { metadata: { name: 'net-sleeper-0' } },
      { refusal: { reason: 'NameConflict', final: true, message: expect.stringContaining('belongs to something else; delete it or') } },
    ],
    ['by one that only carries our labels', pod({}, { ownerReferences: [] }), { refusal: { reason: 'NameConflict', final: true } }],
    [
      'by a benchmark of this name before this one',
      pod({}, { ownerReferences: predecessor }),
      { refusal: { reason: 'NameConflict', final: false, message: expect.stringContaining('still being deleted') } },
    ],
  ])('%s', async (_, existing, expected) => {
    expect(await created(exists, reply(200, existing))).toMatchObject(expected);
  });

  test('and free again a moment later', async () => {
    expect(await created(exists, refusal(404, 'NotFound'))).toMatchObject({ refusal: { reason: 'NameConflict', final: false } });
  });

  test('nothing is ever changed or deleted', async () => {
    const transport = new ScriptedTransport(exists, reply(200, { metadata: { name: 'net-sleeper-0' } }));
    await create(new KubeClient(transport), owner, creation);
    expect(transport.requests.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });
});

describe('when the server refuses', () => {
  test.each([
    ['a quota', refused(403, 'Forbidden', 'pods "x" is forbidden: exceeded quota: small'), 'QuotaExceeded', false],
    ['the pod security standard', refused(403, 'Forbidden', 'violates PodSecurity "restricted:latest"'), 'NotAllowed', true],
    ['an account that is not there', refused(403, 'Forbidden', 'error looking up service account'), 'ConfigError', false],
    ['a field', refused(422, 'Invalid', 'spec.containers[0].image: Required value'), 'InvalidSpec', true],
    ['the request', refused(400, 'BadRequest', 'unknown field'), 'InvalidSpec', true],
  ])('%s', async (_, answer, reason, final) => {
    expect(await created(answer)).toMatchObject({ refusal: { reason, final, message: expect.stringMatching(/^net-sleeper-0: /) } });
  });

  test.each([
    ['a server in trouble', refusal(500, 'InternalError')],
    ['a lost race', refusal(409, 'Conflict')],
  ])('%s is for the queue of retries', async (_, answer) => {
    await expect(created(answer)).rejects.toThrow();
  });
});

test('a kind that the server does not serve is something to install', async () => {
  expect(await created(reply(404, '404 page not found'))).toMatchObject({ refusal: { reason: 'BackendMissing', final: false } });
});

test('a namespace that is gone is a fault of the moment', async () => {
  const gone = refusal(404, 'NotFound', {}, { details: { name: 'bench', kind: 'namespaces' } });
  await expect(created(gone)).rejects.toThrow('404');
});
