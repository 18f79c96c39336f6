import { describe, expect, test } from '@jest/globals';
import type { KubeClient } from '../kube/client.ts';
import { ApiError, NoReplyError } from '../kube/errors.ts';
import type { KubeObject } from '../kube/object.ts';
import { resultsOwner } from './builders.ts';
import { annotations, resultsConfigMaps } from './configmap.ts';
import { publishResults } from './publish.ts';

const owner = resultsOwner();
const three = ['net-results', 'net-results-1', 'net-results-2'].flatMap((name) => resultsConfigMaps(owner, name, { 'summary.md': 'x' }));
const heldBy = (uid: string, name = 'net-results'): KubeObject => ({
  metadata: { name, namespace: 'bench', annotations: { [annotations.ownerUid]: uid } },
});

/** A client over a few objects; `refuse` is thrown by every create. */
function clientOver(existing: readonly KubeObject[] = [], refuse?: Error) {
  const objects = new Map(existing.map((object) => [object.metadata.name, object]));
  const writes: string[] = [];
  const client = {
    create: (_: unknown, object: KubeObject) => {
      if (refuse) return Promise.reject(refuse);
      const { name } = object.metadata;
      if (objects.has(name)) return Promise.reject(new ApiError(409, 'AlreadyExists', 'exists'));
      writes.push(`create ${name}`);
      return Promise.resolve(object);
    },
    get: (_: unknown, { name }: { name: string }) => Promise.resolve(objects.get(name)),
    replace: (_: unknown, object: KubeObject) => {
      writes.push(`replace ${object.metadata.name}`);
      return Promise.resolve(object);
    },
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return { writes, client: client as unknown as Pick<KubeClient, 'create' | 'get' | 'replace'> };
}

test('the first, which holds the index, is written last', async () => {
  const { client, writes } = clientOver();
  expect(await publishResults(client, owner, three)).toBeUndefined();
  expect(writes).toEqual(['create net-results-2', 'create net-results-1', 'create net-results']);
});

test('what a broken pass of ours left is written over', async () => {
  const { client, writes } = clientOver([heldBy('uid-1', 'net-results-2')]);
  await publishResults(client, owner, three);
  expect(writes).toEqual(['replace net-results-2', 'create net-results-1', 'create net-results']);
});

test('results of another set are left alone', async () => {
  const { client, writes } = clientOver([heldBy('uid-0')]);
  expect(await publishResults(client, owner, three.slice(0, 1))).toMatchObject({ reason: 'NameConflict' });
  expect(writes).toEqual([]);
});

test('where one is refused the first is not written: nobody may find an index without its rest', async () => {
  const { client, writes } = clientOver([heldBy('uid-0', 'net-results-1')]);
  expect(await publishResults(client, owner, three)).toEqual({
    reason: 'NameConflict',
    message: expect.stringMatching(/^ConfigMap bench\/net-results-1 exists and holds something else.*delete or rename it/),
  });
  expect(writes).toEqual(['create net-results-2']);
});

test('doing it again writes the same over the same', async () => {
  const { client, writes } = clientOver(three);
  expect(await publishResults(client, owner, three)).toBeUndefined();
  expect(writes).toEqual(['replace net-results-2', 'replace net-results-1', 'replace net-results']);
});

test('nothing to write is no error', async () => {
  const { client, writes } = clientOver();
  expect(await publishResults(client, owner, [])).toBeUndefined();
  expect(writes).toEqual([]);
});

describe('what would be refused again is said', () => {
  test.each([
    [403, 'Forbidden', 'exceeded quota: count/configmaps', 'QuotaExceeded'],
    [403, 'Forbidden', 'cannot create configmaps', 'NotAllowed'],
    [413, 'RequestEntityTooLarge', 'too large', 'InvalidSpec'],
    [422, 'Invalid', 'bad key', 'InvalidSpec'],
  ])('%i %s: %s', async (status, kind, message, reason) => {
    const { client } = clientOver([], new ApiError(status, kind, message));
    const refusal = await publishResults(client, owner, three);
    expect(refusal).toEqual({ reason, message: `results cannot be written to ConfigMap bench/net-results-2: ${message}` });
  });
});

test('an API server that is silent is asked again later', async () => {
  const { client, writes } = clientOver([], new NoReplyError('Timeout', 'no reply'));
  await expect(publishResults(client, owner, three)).rejects.toThrow(NoReplyError);
  expect(writes).toEqual([]);
});

test('one that is taken away between two requests is for another pass', async () => {
  const { client } = clientOver([], new ApiError(409, 'AlreadyExists', 'exists'));
  const gone = { ...client, get: () => Promise.reject(new ApiError(404, 'NotFound', 'gone')) };
  await expect(publishResults(gone, owner, three)).rejects.toThrow('gone');
});

test.each([
  [500, 'InternalError'],
  [429, 'TooManyRequests'],
  [409, 'Conflict'],
])('%i %s is for another pass', async (status, kind) => {
  const { client } = clientOver([], new ApiError(status, kind, 'later'));
  await expect(publishResults(client, owner, three)).rejects.toThrow('later');
});
